import { Pencil } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../components/Button";
import { Dot } from "../components/Dot";
import { EntriesTable } from "../components/EntriesTable";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { ProjectDialog } from "../components/ProjectDialog";
import { SkeletonRows } from "../components/Skeleton";
import { useHomeOf } from "../data/home";
import { useProject } from "../data/projects";
import { may } from "../data/session";
import { t } from "../i18n";

export function ProjectPage() {
  const id = useRoute().params["id"]!;
  const { data: project, problem, reload } = useProject(id);
  useHomeOf(project);
  const [isEditing, setEditing] = useState(false);
  return (
    <Page
      title={project?.name ?? t("search.project")}
      parent={{ href: "/projects", title: t("projects.title") }}
      beside={project && <Dot colour={project.color} />}
      actions={
        project &&
        may("operator") && (
          <Button icon={Pencil} onClick={() => setEditing(true)}>
            {t("common.edit")}
          </Button>
        )
      }
    >
      <ProblemNotice problem={problem} retry={() => void reload()} />
      {project ? (
        <section class="stack-tight">
          <h2>{t("people.entries")}</h2>
          <EntriesTable filter={{ projectId: project.id }} hides="project" />
        </section>
      ) : (
        !problem && <SkeletonRows />
      )}
      {isEditing && project && (
        <ProjectDialog project={project} onSaved={() => void reload()} onClose={() => setEditing(false)} />
      )}
    </Page>
  );
}
