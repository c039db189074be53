import { Archive, ArchiveRestore, CalendarRange, Eraser, MoreHorizontal, Pencil } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Avatar } from "../components/Avatar";
import { Button } from "../components/Button";
import { CalendarLinks } from "../components/CalendarLinks";
import { ConfirmDialog } from "../components/ConfirmDialog";
import { EntriesTable } from "../components/EntriesTable";
import { SelectField, TextField } from "../components/Field";
import { Icon } from "../components/Icon";
import { Menu, MenuItem } from "../components/Menu";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { SkeletonRows } from "../components/Skeleton";
import { toast } from "../components/Toasts";
import { toastUndoSimple } from "../components/undo";
import { useMemberPages } from "../data/members";
import { archivePerson, erasePerson, linkPerson, useOwnPerson, usePerson, type Person } from "../data/people";
import { Problem } from "../data/problems";
import { may, session } from "../data/session";
import { useTagPages } from "../data/tags";
import { t } from "../i18n";
import { spacedUid } from "../lib/text";
import { PersonDialog } from "./people/PersonDialog";

export function PersonPage() {
  const id = useRoute().params["id"]!;
  const { data: person, problem, reload } = usePerson(id);
  const [open, setOpen] = useState<"edit" | "erase">();
  const own = useOwnPerson(session.value?.user.id).data;
  const [confirmation, setConfirmation] = useState("");
  return (
    <Page
      title={person?.name ?? t("search.person")}
      parent={may("viewer") ? { href: "/people", title: t("people.title") } : undefined}
      beside={person && <Avatar name={person.name} />}
      actions={
        person && (
          <>
            <Button icon={CalendarRange} href={`/timesheet?view=month&person=${id}`}>
              {t("ts.month")}
            </Button>
            {may("operator") && (
              <Menu
                label={t("common.more")}
                side="right"
                button={(props) => <Button icon={MoreHorizontal} label={t("common.more")} {...props} />}
              >
                {(close) => (
                  <>
                    <MenuItem close={close} onSelect={() => setOpen("edit")}>
                      <Icon of={Pencil} />
                      {t("people.edit")}
                    </MenuItem>
                    <MenuItem close={close} onSelect={() => void archive(person)}>
                      <Icon of={person.archived_at ? ArchiveRestore : Archive} />
                      {t(person.archived_at ? "common.restore" : "common.archive")}
                    </MenuItem>
                    {may("admin") && !person.erased_at && (
                      <MenuItem close={close} onSelect={() => setOpen("erase")} danger>
                        <Icon of={Eraser} />
                        {t("people.erase")}
                      </MenuItem>
                    )}
                  </>
                )}
              </Menu>
            )}
          </>
        )
      }
    >
      <ProblemNotice problem={problem} retry={() => void reload()} />
      {!person ? (
        !problem && <SkeletonRows />
      ) : (
        <div class="stack-loose">
          <div class="two">
            <section class="panel panel-body stack">
              <h2>{t("people.details")}</h2>
              <dl class="definition">
                <dt>{t("people.email")}</dt>
                <dd>{person.email ?? "–"}</dd>
                <dt>{t("people.phone")}</dt>
                <dd>{person.phone ?? "–"}</dd>
              </dl>
              {may("operator") && <AccountField person={person} onLinked={() => void reload()} />}
            </section>
            <div class="stack">
              <PersonTags personId={id} />
              {(may("operator") || own?.id === id) && <CalendarLinks personId={id} />}
            </div>
          </div>
          <section class="stack-tight">
            <h2>{t("people.entries")}</h2>
            <EntriesTable filter={{ personId: id }} hides="person" />
          </section>
        </div>
      )}
      {open === "edit" && person && (
        <PersonDialog person={person} onSaved={() => void reload()} onClose={() => setOpen(undefined)} />
      )}
      {open === "erase" && person && (
        <ConfirmDialog
          title={t("people.erase")}
          act={t("people.erase")}
          danger
          onConfirm={async () => {
            if (confirmation !== person.name) throw new Problem("name_mismatch", 422);
            await erasePerson(id, confirmation);
            toast(t("people.erased"));
          }}
          onClose={() => setOpen(undefined)}
        >
          <div class="stack">
            <p>{t("people.eraseText")}</p>
            <TextField label={t("common.name")} value={confirmation} onValue={setConfirmation} autoComplete="off" />
          </div>
        </ConfirmDialog>
      )}
    </Page>
  );
}

async function archive(person: Person): Promise<void> {
  const isArchived = person.archived_at !== null;
  await archivePerson(person.id, !isArchived);
  toastUndoSimple(t(isArchived ? "projects.restored" : "projects.archived"), () =>
    archivePerson(person.id, isArchived),
  );
}

function AccountField({ person, onLinked }: { person: Person; onLinked: () => void }) {
  const members = useMemberPages().rows ?? [];
  const current = members.find((member) => member.user_id === person.user_id)?.id ?? "";
  return (
    <SelectField
      label={t("people.link")}
      value={current}
      onValue={(membershipId) => {
        void linkPerson(person.id, membershipId || null).then(() => {
          toast(t("people.linked"));
          onLinked();
        });
      }}
      options={[
        { value: "", label: t("people.notLinked") },
        ...members.map(({ id, email }) => ({ value: id, label: email })),
      ]}
    />
  );
}

function PersonTags({ personId }: { personId: string }) {
  const { rows } = useTagPages({ kind: "assigned", personId });
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{t("people.tags")}</h2>
      </div>
      <ul class="todo">
        {rows?.length === 0 && <li class="panel-body soft">{t("tags.emptyAssigned")}</li>}
        {rows?.map((tag) => (
          <li key={tag.id}>
            <a href={`/tags/${tag.id}`}>
              <span class="mono">{spacedUid(tag.uid)}</span>
              <span class="soft">{[tag.label, tag.project?.name].filter(Boolean).join(" · ")}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
