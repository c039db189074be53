import { useLocation } from "preact-iso";
import { useMemo } from "preact/hooks";
import { HourMap } from "./HourMap";
import { StackedBars, type Series } from "../../../ui/StackedBars";
import { Empty } from "../../../ui/Empty";
import { Page } from "../../../ui/Page";
import { Picker } from "../../../ui/Picker";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { Segmented } from "../../../ui/Segmented";
import { SkeletonRows } from "../../../ui/Skeleton";
import { useHomeOf } from "../../../platform/home";
import { choosePeople, usePerson } from "../../book/data/people";
import { useDeviceNames, useTapsByDay } from "../../devices/data/reports";
import { may, organizationZone } from "../../../platform/session";
import { usePresenceByHour, useProjectTotals, type ProjectTotal } from "../data/sums";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { nowSlow } from "../../../platform/clock";
import { PROJECT_COLOURS, safeColour } from "../../../ui/colours";
import { addDays, daysBetween, firstDayOfWeek, startOfMonth, startOfWeek, today } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatDay, formatDayRange, formatNumber } from "../../../platform/format";
import "../time.css";
import "./reports.css";

type Span = "week" | "month" | "quarter";

const SPANS: Span[] = ["week", "month", "quarter"];

/** What people would rather look at than read. */
export function ReportsPage() {
  const { query, route } = useLocation();
  const locale = formatLocale();
  const span = SPANS.find((each) => each === query["span"]) ?? "month";
  const personId = query["person"] || undefined;
  const person = usePerson(personId ?? null).data;
  useHomeOf(person);
  const nowDay = today(organizationZone.value, nowSlow.value);
  const from = span === "week" ? startOfWeek(nowDay, locale) : span === "month" ? startOfMonth(nowDay) : addDays(nowDay, -89);
  const to = span === "week" ? addDays(from, 6) : nowDay;
  const range = { from, to };
  const go = (changes: { span?: Span; person?: string | undefined }) => {
    const next = { span, person: personId, ...changes };
    const parameters = new URLSearchParams();
    if (next.span !== "month") parameters.set("span", next.span);
    if (next.person) parameters.set("person", next.person);
    const text = parameters.toString();
    route(`/reports${text ? `?${text}` : ""}`, true);
  };
  const projects = useProjectTotals(range, personId);
  const presence = usePresenceByHour(range, personId);
  const taps = useTapsByDay(range);
  const deviceNames = useDeviceNames().data ?? {};
  const days = useMemo(() => daysBetween(from, to), [from, to]);
  const columns = days.map((day) => ({
    id: day,
    title: formatDay(locale, day, "medium"),
    short: formatDay(locale, day, span === "week" ? "short" : "narrow"),
    href: `/timesheet/${day}`,
  }));
  const byProject = useMemo(() => seriesOf(projects.data ?? [], days), [projects.data, days]);
  const byDevice = useMemo<Series[]>(() => {
    const ids = [...new Set(taps.data?.map(({ device_id }) => device_id))].sort();
    return ids.map((id, at) => ({
      id,
      name: deviceNames[id] ?? "…",
      colour: PROJECT_COLOURS[at % PROJECT_COLOURS.length]!,
      values: days.map((day) => taps.data?.find((row) => row.device_id === id && row.day === day)?.taps ?? 0),
    }));
  }, [taps.data, deviceNames, days]);
  const weekdays = useMemo(() => {
    const first = firstDayOfWeek(locale);
    // 1 January 2024 was a Monday.
    return Array.from({ length: 7 }, (_, at) => ((first - 1 + at) % 7) + 1).map((id) => ({
      id,
      name: formatDay(locale, addDays("2024-01-01", id - 1), "weekday"),
    }));
  }, [locale]);
  const problem = projects.problem ?? presence.problem ?? taps.problem;
  const nothing = <Empty picture="chart" title={t("reports.noData")} />;

  return (
    <Page title={t("reports.title")} beside={<span class="soft">{formatDayRange(locale, from, to)}</span>}>
      <div class="filters">
        <Segmented
          label={t("reports.range")}
          value={span}
          options={SPANS.map((value) => ({ value, label: t(`reports.range.${value}`) }))}
          onValue={(value) => go({ span: value })}
        />
        <span class="grow" />
        {may("viewer") && (
          <Picker
            label={t("ts.person")}
            placeholder={t("ts.everybody")}
            value={personId ? { id: personId, name: person?.name ?? "…" } : null}
            onValue={(choice) => go({ person: choice?.id })}
            search={choosePeople}
          />
        )}
      </div>
      <div class="stack">
        <ProblemNotice problem={problem} retry={() => void projects.reload()} />
        <Chart title={t("reports.projects")}>
          {!projects.data ? (
            <SkeletonRows />
          ) : byProject.length === 0 ? (
            nothing
          ) : (
            <StackedBars
              caption={t("reports.projects")}
              columns={columns}
              series={byProject}
              format={formatDuration}
              formatAxis={(seconds) => `${formatNumber(locale, Math.round(seconds / 3600))} h`}
              step={hourStep}
            />
          )}
        </Chart>
        <div class="two">
          <Chart title={t("reports.presence")} lead={t("reports.presenceText")}>
            {!presence.data ? (
              <SkeletonRows />
            ) : presence.data.length === 0 ? (
              nothing
            ) : (
              <HourMap
                caption={t("reports.presence")}
                hours={presence.data}
                weekdays={weekdays}
                format={(count) => formatNumber(locale, count)}
              />
            )}
          </Chart>
          <Chart title={t("reports.share")}>
            {!projects.data ? <SkeletonRows /> : byProject.length === 0 ? nothing : <Shares series={byProject} />}
          </Chart>
        </div>
        <Chart title={t("reports.taps")}>
          {!taps.data ? (
            <SkeletonRows />
          ) : byDevice.length === 0 ? (
            nothing
          ) : (
            <StackedBars
              caption={t("reports.taps")}
              columns={columns.map(({ href: _, ...column }) => column)}
              series={byDevice}
              format={(count) => formatNumber(locale, count)}
              formatAxis={(count) => formatNumber(locale, count)}
              step={tapStep}
            />
          )}
        </Chart>
      </div>
    </Page>
  );
}

function Chart(props: { title: string; lead?: string; children: preact.ComponentChildren }) {
  return (
    <section class="panel" aria-label={props.title}>
      <div class="panel-head">
        <h2>{props.title}</h2>
        {props.lead && <span class="small soft">{props.lead}</span>}
      </div>
      <div class="panel-body">{props.children}</div>
    </section>
  );
}

/** As many colours as can be told apart; the rest is one. */
const MOST_SERIES = 9;

function seriesOf(rows: readonly ProjectTotal[], days: readonly string[]): Series[] {
  const series = new Map<string, Series & { total: number }>();
  const at = new Map(days.map((day, index) => [day, index]));
  for (const row of rows) {
    const id = row.project_id ?? "none";
    let each = series.get(id);
    if (!each) {
      each = {
        id,
        name: row.project_name ?? t("time.noProject"),
        colour: safeColour(row.project_color),
        values: new Array<number>(days.length).fill(0),
        total: 0,
      };
      series.set(id, each);
    }
    const index = at.get(row.day);
    if (index === undefined) continue;
    each.values[index]! += row.elapsed_seconds;
    each.total += row.elapsed_seconds;
  }
  const sorted = [...series.values()].filter(({ total }) => total > 0).sort((a, b) => b.total - a.total);
  const rest = sorted.slice(MOST_SERIES);
  if (rest.length === 0) return sorted;
  const values = days.map((_, index) => rest.reduce((sum, each) => sum + each.values[index]!, 0));
  return [...sorted.slice(0, MOST_SERIES), { id: "rest", name: t("reports.rest"), colour: safeColour(null), values }];
}

function hourStep(most: number): number {
  const hours = most / 3600;
  return ([1, 2, 4, 8, 10, 20, 40, 50, 100, 200, 500].find((step) => hours / step <= 5) ?? 1000) * 3600;
}

function tapStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [power / 5, power / 2, power, 2 * power].map((step) => Math.max(1, Math.round(step))).find((step) => most / step <= 6)!;
}

function Shares({ series }: { series: Series[] }) {
  const rows = series.map((each) => ({ ...each, total: each.values.reduce((sum, value) => sum + value, 0) }));
  const sum = rows.reduce((all, { total }) => all + total, 0);
  const most = Math.max(...rows.map(({ total }) => total));
  return (
    <ul class="stack-tight shares">
      {rows.map((row) => (
        <li key={row.id} class="share">
          <span class="truncate">{row.name}</span>
          <span class="bar-fill" style={{ width: `${(row.total / most) * 100}%`, background: row.colour }} />
          <span class="number end-text strong">{formatDuration(row.total)}</span>
          <span class="number end-text soft">{Math.round((row.total / sum) * 100)} %</span>
        </li>
      ))}
    </ul>
  );
}
