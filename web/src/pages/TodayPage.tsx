import { CircleCheck, CircleDashed, Clock, TriangleAlert, UserCheck } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { Icon } from "../components/Icon";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { SkeletonRows } from "../components/Skeleton";
import { TimerButton } from "../components/TimerButton";
import { useOpenAlerts } from "../data/alerts";
import { useHasDevices, useSilentDevices } from "../data/devices";
import { useNamesOf } from "../data/names";
import { useRoster } from "../data/people";
import { useProjectMap } from "../data/projects";
import { may, organizationZone } from "../data/session";
import { useUnassignedCount } from "../data/tags";
import { useBlocksOfDay, usePresentNow } from "../data/time";
import { formatLocale, t } from "../i18n";
import { now, nowSlow } from "../lib/clock";
import { dayBounds, today } from "../lib/dates";
import { formatDuration } from "../lib/durations";
import { formatDay } from "../lib/format";
import { attentionOf, beyondRoster, rowsOfToday, secondsOf, type TodayRow } from "../lib/today";
import { AttentionPanel } from "./today/AttentionPanel";
import { FirstSteps } from "./today/FirstSteps";
import { JustHappened } from "./today/JustHappened";
import { PeoplePanel } from "./today/PeoplePanel";
import { ProjectsPanel } from "./today/ProjectsPanel";

/** Who is in? How long? What needs me? */
export function TodayPage() {
  const zone = organizationZone.value;
  const day = today(zone, nowSlow.value);
  const bounds = useMemo(() => dayBounds(day, zone), [day, zone]);
  const present = usePresentNow();
  const blocks = useBlocksOfDay(day);
  const roster = useRoster();
  const projects = useProjectMap();
  const alerts = useOpenAlerts();
  const unassigned = useUnassignedCount();
  const silent = useSilentDevices();
  const names = useNamesOf(useMemo(() => beyondRoster(roster.data?.rows, blocks.data), [roster.data, blocks.data]));
  const rows = useMemo(
    () => rowsOfToday(roster.data?.rows, present.data, blocks.data, names),
    [roster.data, present.data, blocks.data, names],
  );
  // Alerts are none of a member's business.
  const attention = attentionOf(may("viewer") ? alerts.data?.count : 0, unassigned.data, silent.data?.count);
  const isReady = Boolean(present.data && blocks.data && roster.data);
  const mayBeNew = isReady && may("operator") && rows.every(isBlank);
  const hasDevices = useHasDevices(mayBeNew);
  const isNew = mayBeNew && hasDevices.data === false;
  const readings = [present, blocks, roster, alerts, unassigned, silent, hasDevices];
  const failed = readings.filter(({ problem }) => problem);
  const count = roster.data?.count ?? 0;
  // Each of these is drawn anew for its own news, not for that of the others.
  const people = useMemo(
    () =>
      isReady ? (
        <PeoplePanel rows={rows} bounds={bounds} day={day} projects={projects} count={count} />
      ) : (
        <section class="panel">
          <SkeletonRows rows={8} />
        </section>
      ),
    [isReady, rows, bounds, day, projects, count],
  );
  const ofProjects = useMemo(
    () => <ProjectsPanel blocks={blocks.data} bounds={bounds} projects={projects} />,
    [blocks.data, bounds, projects],
  );
  const justHappened = useMemo(() => <JustHappened />, []);

  return (
    <Page
      title={t("today.title")}
      beside={<span class="soft nowrap">{formatDay(formatLocale(), day, "short")}</span>}
      actions={<TimerButton present={present.data} />}
    >
      <div class="figures">
        <div class="figure">
          <div class={present.data?.length ? "figure-label state-running" : "figure-label"}>
            <Icon of={UserCheck} />
            {t("today.inNow")}
          </div>
          <div class="figure-number">{present.data ? new Set(rows.filter(isIn)).size : "–"}</div>
        </div>
        <a class="figure" href="/timesheet">
          <div class="figure-label">
            <Icon of={Clock} />
            {t("today.hours")}
          </div>
          <div class="figure-number">{isReady ? <HoursToday rows={rows} bounds={bounds} /> : "–"}</div>
        </a>
        <a class="figure" href="#attention">
          <div class={attention ? "figure-label state-attention" : "figure-label"}>
            <Icon of={attention === undefined ? CircleDashed : attention ? TriangleAlert : CircleCheck} />
            {t("today.attention")}
          </div>
          <div class="figure-number">{attention ?? "–"}</div>
        </a>
      </div>
      <ProblemNotice
        problem={failed[0]?.problem}
        retry={() => failed.forEach((reading) => void reading.reload())}
      />
      {isNew && <FirstSteps />}
      <div class="today">
        <div class="stack">
          {people}
          {ofProjects}
        </div>
        <div class="stack">
          <AttentionPanel alerts={alerts.data} unassigned={unassigned.data} silent={silent.data} count={attention} />
          {justHappened}
        </div>
      </div>
    </Page>
  );
}

const isIn = (row: TodayRow) => row.present.length > 0;
const isBlank = (row: TodayRow) => row.blocks.length === 0;

/** Ticks by itself, so that the page around it need not be drawn every second. */
function HoursToday({ rows, bounds }: { rows: TodayRow[]; bounds: { start: number; end: number } }) {
  const at = now.value;
  return <>{formatDuration(rows.reduce((sum, row) => sum + secondsOf(row.blocks, bounds, at), 0))}</>;
}
