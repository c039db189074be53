import { Archive, ArchiveRestore, Pencil, Plus } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { ListFoot } from "../../../ui/ListFoot";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { ProjectDialog } from "./ProjectDialog";
import { ProjectName } from "../ProjectName";
import { SearchInput } from "../../../ui/SearchInput";
import { SkeletonRows } from "../../../ui/Skeleton";
import { Tabs } from "../../../ui/Tabs";
import { useNewShortcut } from "../../../ui/useNewShortcut";
import { archiveProject, useProjectPages, type Project } from "../data/projects";
import { may } from "../../../platform/session";
import { projectWeek as ProjectWeek } from "../slots";
import { t } from "../words";
import { Table } from "../../../ui/Table";

export function ProjectsPage() {
  const isArchived = useLocation().query["show"] === "archived";
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<Project | "new">();
  const pages = useProjectPages({ text, archived: isArchived });
  useNewShortcut(() => setEditing("new"), may("operator"));
  const add = may("operator") && (
    <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
      {t("projects.add")}
    </Button>
  );
  const archive = (project: Project) =>
    void actAtOnce({
      show: () => pages.patch((rows) => rows.filter(({ id }) => id !== project.id)),
      act: () => archiveProject(project.id, !isArchived),
      said: t(isArchived ? "projects.restored" : "projects.archived"),
      undo: () => archiveProject(project.id, isArchived).then(pages.reload),
    });
  return (
    <Page title={t("projects.title")} actions={add}>
      <div class="stack">
        <Tabs
          label={t("projects.title")}
          current={isArchived ? "archived" : "active"}
          tabs={[
            { id: "active", href: "/projects", title: t("projects.active") },
            { id: "archived", href: "/projects?show=archived", title: t("common.archived") },
          ]}
        />
        <SearchInput label={t("projects.search")} onValue={setText} />
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel">
          {!pages.rows ? (
            !pages.problem && <SkeletonRows />
          ) : pages.rows.length === 0 ? (
            <Empty
              picture="book"
              title={t(text ? "frame.nothingFound" : isArchived ? "tags.emptyArchived" : "projects.empty")}
              action={!isArchived && !text && add}
            >
              {!isArchived && !text && t("projects.emptyText")}
            </Empty>
          ) : (
            <Table
              caption={t("projects.title")}
              columns={[
                { title: t("common.name") },
                { title: t("projects.week"), class: "end" },
                {},
              ]}
              hover
            >
              {pages.rows.map((project) => (
                <tr key={project.id}>
                  <td>
                    <a class="row-link" href={`/projects/${project.id}`}>
                      <ProjectName name={project.name} colour={project.color} />
                    </a>
                  </td>
                  <td class="end number">
                    <ProjectWeek projectId={project.id} />
                  </td>
                  <td class="end tight">
                    {may("operator") && (
                      <>
                        <Button
                          small
                          variant="ghost"
                          icon={Pencil}
                          label={`${t("common.edit")}: ${project.name}`}
                          onClick={() => setEditing(project)}
                        />
                        <Button
                          small
                          variant="ghost"
                          icon={isArchived ? ArchiveRestore : Archive}
                          label={`${t(isArchived ? "common.restore" : "common.archive")}: ${project.name}`}
                          onClick={() => archive(project)}
                        />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          )}
          <ListFoot pages={pages} />
        </section>
      </div>
      {editing && (
        <ProjectDialog
          project={editing === "new" ? null : editing}
          onSaved={pages.reload}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}
