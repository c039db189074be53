import { Archive, ArchiveRestore, Ellipsis, Eraser, ScrollText, Trash2 } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { Icon } from "../../../ui/Icon";
import { Menu, MenuItem } from "../../../ui/Menu";
import { toast } from "../../../ui/Toasts";
import { TypedNameDialog } from "../../../ui/TypedNameDialog";
import { archivePerson, deletePerson, erasePerson, type Person } from "../data/people";
import { may } from "../../../platform/session";
import { t } from "../words";

/** What is seldom done with a person, from the harmless to the final. */
export function PersonActions({ person }: { person: Person }) {
  const [asking, setAsking] = useState<"delete" | "erase">();
  const { route } = useLocation();
  const isArchived = person.archived_at !== null;
  const done = () => setAsking(undefined);
  const archive = () =>
    void actAtOnce({
      act: () => archivePerson(person.id, !isArchived),
      said: t(isArchived ? "people.restored" : "people.archived", { name: person.name }),
      undo: () => archivePerson(person.id, isArchived),
    });
  return (
    <>
      <Menu
        label={t("common.more")}
        side="right"
        button={(props) => <Button icon={Ellipsis} label={t("common.more")} {...props} />}
      >
        {(close) => (
          <>
            {may("admin") && (
              <MenuItem close={close} href={`/audit?table=people&row=${person.id}`}>
                <Icon of={ScrollText} />
                {t("people.log")}
              </MenuItem>
            )}
            {!person.erased_at && (
              <MenuItem close={close} onSelect={archive}>
                <Icon of={isArchived ? ArchiveRestore : Archive} />
                {t(isArchived ? "common.restore" : "common.archive")}
              </MenuItem>
            )}
            <div class="menu-line" />
            {may("admin") && !person.erased_at && (
              <MenuItem close={close} danger onSelect={() => setAsking("erase")}>
                <Icon of={Eraser} />
                {t("people.erase")}
              </MenuItem>
            )}
            <MenuItem close={close} danger onSelect={() => setAsking("delete")}>
              <Icon of={Trash2} />
              {t("common.delete")}
            </MenuItem>
          </>
        )}
      </Menu>
      {asking === "delete" && (
        <ConfirmDialog
          title={t("people.deleteTitle", { name: person.name })}
          act={t("common.delete")}
          danger
          onConfirm={async () => {
            await deletePerson(person.id);
            toast(t("people.deleted", { name: person.name }));
            route("/people", true);
          }}
          onClose={done}
        >
          {t("people.deleteText")}
        </ConfirmDialog>
      )}
      {asking === "erase" && (
        <TypedNameDialog
          title={t("people.erase")}
          act={t("people.erase")}
          name={person.name}
          onConfirm={async (typed) => {
            await erasePerson(person.id, typed);
            toast(t("people.erased"));
          }}
          onClose={done}
        >
          {t("people.eraseText")}
        </TypedNameDialog>
      )}
    </>
  );
}
