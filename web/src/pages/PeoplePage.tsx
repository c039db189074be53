import { KeyRound, Plus, Upload } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Avatar } from "../components/Avatar";
import { Button } from "../components/Button";
import { Empty } from "../components/Empty";
import { ListFoot } from "../components/ListFoot";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { SearchInput } from "../components/SearchInput";
import { SkeletonRows } from "../components/Skeleton";
import { State } from "../components/State";
import { Tabs } from "../components/Tabs";
import { useNewShortcut } from "../components/useNewShortcut";
import { usePeoplePages } from "../data/people";
import { may } from "../data/session";
import { t } from "../i18n";
import { ImportDialog } from "./people/ImportDialog";
import { PersonDialog } from "./people/PersonDialog";

export function PeoplePage() {
  const isArchived = useLocation().query["show"] === "archived";
  const [text, setText] = useState("");
  const [open, setOpen] = useState<"new" | "import">();
  const pages = usePeoplePages({ text, archived: isArchived });
  useNewShortcut(() => setOpen("new"), may("operator"));
  const add = may("operator") && (
    <Button variant="primary" icon={Plus} onClick={() => setOpen("new")}>
      {t("people.add")}
    </Button>
  );
  return (
    <Page
      title={t("people.title")}
      actions={
        may("operator") && (
          <>
            <Button icon={Upload} onClick={() => setOpen("import")}>
              {t("people.import")}
            </Button>
            {add}
          </>
        )
      }
    >
      <div class="stack">
        <Tabs
          label={t("people.title")}
          current={isArchived ? "archived" : "active"}
          tabs={[
            { id: "active", href: "/people", title: t("projects.active") },
            { id: "archived", href: "/people?show=archived", title: t("common.archived") },
          ]}
        />
        <SearchInput label={t("people.search")} onValue={setText} />
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel" aria-label={t("people.title")}>
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length === 0 ? (
            <Empty
              picture={text ? "search" : "people"}
              title={t(text ? "people.none" : isArchived ? "people.emptyArchived" : "people.empty")}
              action={!text && !isArchived && add}
            >
              {!text && !isArchived && t("people.emptyText")}
            </Empty>
          ) : (
            <table class="table table-hover table-cards">
              <caption class="visually-hidden">{t("people.title")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("common.name")}</th>
                  <th scope="col">{t("people.email")}</th>
                  <th scope="col">{t("people.phone")}</th>
                  <th scope="col">{t("people.account")}</th>
                </tr>
              </thead>
              <tbody>
                {pages.rows.map((person) => (
                  <tr key={person.id}>
                    <td>
                      <a class="row-link cluster-tight" href={`/people/${person.id}`}>
                        <Avatar name={person.name} />
                        <span class="truncate">{person.name}</span>
                      </a>
                    </td>
                    <td class="soft">{person.email}</td>
                    <td class="soft number">{person.phone}</td>
                    <td class="card-corner">
                      {person.user_id && (
                        <State meaning="calm" icon={KeyRound}>
                          {t("people.hasAccount")}
                        </State>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {open === "new" && (
        <PersonDialog person={null} onSaved={pages.reload} onClose={() => setOpen(undefined)} />
      )}
      {open === "import" && <ImportDialog onImported={pages.reload} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
