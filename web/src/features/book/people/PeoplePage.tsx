import { FileUp, UserPlus } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { ListFoot } from "../../../ui/ListFoot";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SearchInput } from "../../../ui/SearchInput";
import { SkeletonRows } from "../../../ui/Skeleton";
import { Tabs } from "../../../ui/Tabs";
import { toast } from "../../../ui/Toasts";
import { useNewShortcut } from "../../../ui/useNewShortcut";
import { archivePerson, usePeoplePages, type Person } from "../data/people";
import { may } from "../../../platform/session";
import { t } from "../words";
import { ImportDialog } from "./ImportDialog";
import { PeopleTable } from "./PeopleTable";
import { PersonDialog } from "./PersonDialog";

export function PeoplePage() {
  const isArchived = useLocation().query["show"] === "archived";
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<Person | "new">();
  const [isImporting, setImporting] = useState(false);
  const pages = usePeoplePages({ text, archived: isArchived });
  const mayEdit = may("operator");
  useNewShortcut(() => setEditing("new"), mayEdit);

  const archive = (person: Person) =>
    void actAtOnce({
      show: () => pages.patch((rows) => rows.filter(({ id }) => id !== person.id)),
      act: () => archivePerson(person.id, !isArchived),
      said: t(isArchived ? "people.restored" : "people.archived", { name: person.name }),
      undo: () => archivePerson(person.id, isArchived).then(pages.reload),
    });
  const addButton = mayEdit && (
    <Button variant="primary" icon={UserPlus} onClick={() => setEditing("new")}>
      {t("people.add")}
    </Button>
  );

  return (
    <Page
      title={t("people.title")}
      actions={
        mayEdit && (
          <>
            <Button icon={FileUp} onClick={() => setImporting(true)}>
              {t("people.import")}
            </Button>
            {addButton}
          </>
        )
      }
    >
      <div class="stack">
        <Tabs
          label={t("people.title")}
          current={isArchived ? "archived" : "active"}
          tabs={[
            { id: "active", href: "/people", title: t("people.active") },
            { id: "archived", href: "/people?show=archived", title: t("common.archived") },
          ]}
        />
        <SearchInput label={t("people.search")} onValue={setText} />
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel" aria-label={t("people.title")}>
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length > 0 ? (
            <PeopleTable rows={pages.rows} onEdit={setEditing} onArchive={archive} />
          ) : text ? (
            <Empty picture="search" title={t("people.none")} />
          ) : isArchived ? (
            <Empty picture="people" title={t("people.emptyArchived")}>
              {t("people.emptyArchivedText")}
            </Empty>
          ) : (
            <Empty picture="people" title={t("people.empty")} action={addButton}>
              {t("people.emptyText")}
            </Empty>
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {editing && (
        <PersonDialog
          person={editing === "new" ? null : editing}
          onSaved={() => {
            pages.reload();
            toast(t(editing === "new" ? "people.added" : "people.saved"));
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {isImporting && <ImportDialog onImported={pages.reload} onClose={() => setImporting(false)} />}
    </Page>
  );
}
