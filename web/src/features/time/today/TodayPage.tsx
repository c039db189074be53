import { CircleCheck, CircleDashed, Clock, TriangleAlert, UserCheck } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { Icon } from "../../../ui/Icon";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { TimerButton } from "./TimerButton";
import { useOpenAlerts } from "../../alerts/data";
import { useHasDevices, useSilentDevices } from "../../devices/data/devices";
import { useNamesOf } from "../../book/data/names";
import { useRoster } from "../../book/data/people";
import { useProjectMap } from "../../book/data/projects";
import { may, organizationZone } from "../../../platform/session";
import { useUnassignedCount } from "../../tags/data";
import { useBlocksOfDay, usePresentNow } from "../data/today";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { now, nowSlow } from "../../../platform/clock";
import { dayBounds, today } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatDay } from "../../../platform/format";
import { attentionOf, beyondRoster, rowsOfToday, secondsOf, type TodayRow } from "./today";
import { AttentionPanel } from "./AttentionPanel";
import { FirstSteps } from "./FirstSteps";
import { JustHappened } from "../../taps/JustHappened";
import { PeoplePanel } from "./PeoplePanel";
import { ProjectsPanel } from "./ProjectsPanel";
import "./today.css";

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
