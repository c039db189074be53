import { ProjectName } from "../../book/ProjectName";
import type { Project } from "../../book/data/projects";
import type { Block } from "../data/today";
import { t } from "../words";
import { nowSlow } from "../../../platform/clock";
import { safeColour } from "../../../ui/colours";
import { formatDuration } from "../../../platform/durations";
import { secondsOf } from "./today";
import { Table } from "../../../ui/Table";
import "./today.css";
import "../time.css";

interface ProjectsPanelProps {
  blocks: Block[] | undefined;
  bounds: { start: number; end: number };
  projects: Map<string, Project>;
}

/** Today's time by project, most first. */
export function ProjectsPanel({ blocks, bounds, projects }: ProjectsPanelProps) {
  const sums = new Map<string | null, number>();
  for (const block of blocks ?? []) {
    const seconds = secondsOf([block], bounds, nowSlow.value);
    if (seconds > 0) sums.set(block.project_id, (sums.get(block.project_id) ?? 0) + seconds);
  }
  if (sums.size === 0) return null;
  const rows = [...sums].sort((a, b) => b[1] - a[1]);
  const most = rows[0]![1];
  return (
    <section class="panel">
      <div class="panel-head">
        <h2>{t("today.projects")}</h2>
      </div>
      <Table
        caption={t("today.projects")}
      >
        {rows.map(([id, seconds]) => {
          const project = id ? projects.get(id) : undefined;
          return (
            <tr key={id}>
              <td class="bar-name">
                <ProjectName name={project?.name} colour={project?.color ?? null} />
              </td>
              <td>
                <div
                  class="bar-fill"
                  style={{ width: `${(seconds / most) * 100}%`, background: safeColour(project?.color) }}
                />
              </td>
              <td class="end number tight strong">{formatDuration(seconds)}</td>
            </tr>
          );
        })}
      </Table>
    </section>
  );
}
