import { useLocation } from "preact-iso";
import { useMemo } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Empty";
import { Page } from "../../../ui/Page";
import { Picker } from "../../../ui/Picker";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { RangeNav } from "../../../ui/RangeNav";
import { Segmented } from "../../../ui/Segmented";
import { SkeletonRows } from "../../../ui/Skeleton";
import { useHomeOf } from "../../../platform/home";
import { choosePeople, usePerson } from "../../book/data/people";
import { may, organizationZone } from "../../../platform/session";
import { useDayTotals, useProjectTotals } from "../data/sums";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { nowSlow } from "../../../platform/clock";
import { addDays, addMonths, daysBetween, isDay, startOfMonth, startOfWeek, today, type Day } from "../../../platform/dates";
import { formatDay, formatDayRange } from "../../../platform/format";
import { gridOf, type GridInput } from "./timesheet";
import { ExportMenu } from "./ExportMenu";
import { Grid, type Column } from "./Grid";
import { MonthCalendar } from "./MonthCalendar";

type View = "week" | "month";
type By = "person" | "project";

const EVERY_MS = 15_000;

/** Whose hours, on which day? */
export function TimesheetPage() {
  const { query, route } = useLocation();
  const locale = formatLocale();
  const nowDay = today(organizationZone.value, nowSlow.value);
  const view: View = query["view"] === "month" ? "month" : "week";
  const by: By = query["by"] === "project" ? "project" : "person";
  const day = isDay(query["day"]) ? query["day"] : nowDay;
  const personId = query["person"] || undefined;
  const person = usePersonName(personId);

  const from = view === "week" ? startOfWeek(day, locale) : startOfMonth(day);
  const to = view === "week" ? addDays(from, 6) : addDays(addMonths(from, 1), -1);
  const range = { from, to };

  const go = (changes: Record<string, string | undefined>) => {
    const next = { view, by, day, person: personId, ...changes };
    const parameters = new URLSearchParams();
    if (next.view !== "week") parameters.set("view", next.view);
    if (next.by !== "person") parameters.set("by", next.by);
    if (next.day && next.day !== nowDay) parameters.set("day", next.day);
    if (next.person) parameters.set("person", next.person);
    const text = parameters.toString();
    route(`/timesheet${text ? `?${text}` : ""}`, true);
  };
  const step = (by: number) => go({ day: view === "week" ? addDays(from, by * 7) : addMonths(from, by) });

  const people = useDayTotals(by === "person" ? range : null, personId, EVERY_MS);
  const projects = useProjectTotals(by === "project" ? range : null, personId, EVERY_MS);
  const source = by === "person" ? people : projects;
  const isCalendar = view === "month" && by === "person" && personId !== undefined;

  const columns = useMemo<Column[]>(
    () => (view === "week" ? dayColumns(from, to, locale, nowDay) : weekColumns(from, to, locale)),
    [view, from, to, locale, nowDay],
  );
  const grid = useMemo(() => {
    const input: GridInput[] =
      by === "person"
        ? (people.data ?? []).map((row) => ({
            id: row.person_id,
            name: row.person_name,
            day: row.day,
            seconds: row.wall_seconds,
            running: row.running,
            flagged: row.flags.length > 0,
          }))
        : (projects.data ?? []).map((row) => ({
            id: row.project_id,
            name: row.project_name,
            colour: row.project_color,
            day: row.day,
            seconds: row.elapsed_seconds,
          }));
    return gridOf(input, (each) => (view === "week" ? each : startOfWeek(each, locale)));
  }, [by, view, locale, people.data, projects.data]);

  const title = view === "week" ? formatDayRange(locale, from, to) : formatDay(locale, from, "month");
  return (
    <Page title={t("ts.title")} actions={<ExportMenu range={range} personId={personId} />}>
      <div class="filters">
        <RangeNav
          title={title}
          now={t(view === "week" ? "ts.thisWeek" : "ts.thisMonth")}
          onEarlier={() => step(-1)}
          onLater={() => step(1)}
          onNow={() => go({ day: nowDay })}
        />
        <span class="grow" />
        {may("viewer") && (
          <Picker
            label={t("ts.person")}
            placeholder={t("ts.everybody")}
            value={person}
            onValue={(choice) => go({ person: choice?.id })}
            search={choosePeople}
          />
        )}
        <Segmented
          label={t("ts.by")}
          value={by}
          options={[
            { value: "person", label: t("ts.byPerson") },
            { value: "project", label: t("ts.byProject") },
          ]}
          onValue={(value) => go({ by: value })}
        />
        <Segmented
          label={t("ts.title")}
          value={view}
          options={[
            { value: "week", label: t("ts.week") },
            { value: "month", label: t("ts.month") },
          ]}
          onValue={(value) => go({ view: value })}
        />
      </div>
      <div class="stack">
        <ProblemNotice problem={source.problem} retry={() => void source.reload()} />
        <section class="panel" aria-label={title}>
          {!source.data ? (
            !source.problem && <SkeletonRows rows={8} />
          ) : isCalendar ? (
            <MonthCalendar from={from} to={to} nowDay={nowDay} personId={personId} days={people.data ?? []} />
          ) : grid.rows.length === 0 ? (
            <Empty
              picture="calendar"
              title={t("ts.empty")}
              action={
                <Button variant="primary" href={`/timesheet/${nowDay}`}>
                  {t("ts.openToday")}
                </Button>
              }
            >
              {t("ts.emptyText")}
            </Empty>
          ) : (
            <Grid
              caption={`${t("ts.title")}, ${title}`}
              heading={t(by === "person" ? "ts.person" : "ts.project")}
              columns={columns}
              grid={grid}
              hasDots={by === "project"}
              hrefOf={(row, column) =>
                view === "week"
                  ? `/timesheet/${column.id}${dayQuery(by, row?.id ?? null, personId)}`
                  : `/timesheet?day=${column.id}${by === "project" ? "&by=project" : ""}${
                      by === "person" && row?.id ? `&person=${row.id}` : personId ? `&person=${personId}` : ""
                    }`
              }
            />
          )}
        </section>
      </div>
    </Page>
  );
}

function dayQuery(by: By, id: string | null, personId: string | undefined): string {
  const parameters = new URLSearchParams();
  if (by === "person" && id) parameters.set("person", id);
  else if (personId) parameters.set("person", personId);
  if (by === "project" && id) parameters.set("project", id);
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

function usePersonName(id: string | undefined) {
  const { data } = usePerson(id ?? null);
  useHomeOf(data);
  return id ? { id, name: data?.name ?? "…" } : null;
}

function dayColumns(from: Day, to: Day, locale: string, nowDay: Day): Column[] {
  return daysBetween(from, to).map((id) => ({
    id,
    title: formatDay(locale, id, "weekday"),
    subtitle: formatDay(locale, id, "narrow"),
    isToday: id === nowDay,
  }));
}

function weekColumns(from: Day, to: Day, locale: string): Column[] {
  const starts = [...new Set(daysBetween(from, to).map((day) => startOfWeek(day, locale)))];
  return starts.map((id) => {
    const first = id < from ? from : id;
    const last = addDays(id, 6) > to ? to : addDays(id, 6);
    return { id, title: formatDay(locale, first, "narrow"), subtitle: `– ${formatDay(locale, last, "narrow")}` };
  });
}
