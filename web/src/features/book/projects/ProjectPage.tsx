import { Pencil } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Dot } from "../../../ui/Dot";
import { projectEntries as ProjectEntries } from "../slots";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { ProjectDialog } from "./ProjectDialog";
import { SkeletonRows } from "../../../ui/Skeleton";
import { useHomeOf } from "../../../platform/home";
import { useProject } from "../data/projects";
import { may } from "../../../platform/session";
import { t } from "../words";

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
        <ProjectEntries projectId={project.id} />
      ) : (
        !problem && <SkeletonRows />
      )}
      {isEditing && project && (
        <ProjectDialog project={project} onSaved={() => void reload()} onClose={() => setEditing(false)} />
      )}
    </Page>
  );
}
