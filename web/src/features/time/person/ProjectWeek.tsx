import { nowSlow } from "../../../platform/clock";
import { addDays, startOfWeek, today } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatLocale } from "../../../platform/i18n";
import { organizationZone } from "../../../platform/session";
import { useProjectTotals } from "../data/sums";

/** How long people worked on a project this week. */
export function ProjectWeek({ projectId }: { projectId: string }) {
  const from = startOfWeek(today(organizationZone.value, nowSlow.value), formatLocale());
  const week = useProjectTotals({ from, to: addDays(from, 6) }).data;
  const ofProject = week?.filter(({ project_id }) => project_id === projectId) ?? [];
  if (ofProject.length === 0) return <>·</>;
  return <>{formatDuration(ofProject.reduce((sum, { elapsed_seconds }) => sum + elapsed_seconds, 0))}</>;
}
