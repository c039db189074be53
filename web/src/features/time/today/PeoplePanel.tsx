import { LogOut, Play, Tag } from "lucide-preact";
import { useState } from "preact/hooks";
import { Avatar } from "../../../ui/Avatar";
import { Button } from "../../../ui/Button";
import { DayBar, DayBarScale } from "./DayBar";
import { Empty } from "../../../ui/Empty";
import { Icon } from "../../../ui/Icon";
import { State } from "../../../ui/State";
import type { Project } from "../../book/data/projects";
import { may, zone } from "../../../platform/session";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { now, nowSlow } from "../../../platform/clock";
import type { Day } from "../../../platform/dates";
import { formatDuration, formatTicking } from "../../../platform/durations";
import { formatDay, formatTime } from "../../../platform/format";
import { endOf, secondsOf, type TodayRow } from "./today";
import "./today.css";

interface PeoplePanelProps {
  rows: TodayRow[];
  bounds: { start: number; end: number };
  day: Day;
  projects: Map<string, Project>;
  count: number;
}

const SHOWN_AT_FIRST = 30;

export function PeoplePanel({ rows, bounds, day, projects, count }: PeoplePanelProps) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  const people = rows.filter((row) => row.id !== null);
  const unassigned = rows.find((row) => row.id === null && row.blocks.length > 0);
  const colours = new Map([...projects].map(([id, { color }]) => [id, color]));
  const left = Math.max(count, people.length) - Math.min(shown, people.length);
  return (
    <section class="panel" aria-label={t("today.people")}>
      {people.length > 0 && (
        <div class="today-row today-head">
          <span>{t("today.people")}</span>
          <DayBarScale />
          <span class="today-total">{t("today.title")}</span>
        </div>
      )}
      {people.slice(0, shown).map((row) => (
        <Row key={row.id} row={row} bounds={bounds} day={day} colours={colours} />
      ))}
      {unassigned && <Row row={unassigned} bounds={bounds} day={day} colours={colours} />}
      {people.length === 0 && !unassigned && (
        <Empty
          picture="people"
          title={t("people.empty")}
          action={
            may("operator") && (
              <Button variant="primary" href="/people">
                {t("people.add")}
              </Button>
            )
          }
        >
          {may("operator") && t("people.emptyText")}
        </Empty>
      )}
      {left > 0 && (
        <div class="panel-foot">
          <span>{t("today.more", { count: left })}</span>
          {people.length > shown ? (
            <Button small onClick={() => setShown(shown + 50)}>
              {t("list.more")}
            </Button>
          ) : (
            <Button small href="/people">
              {t("common.seeAll")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

interface RowProps {
  row: TodayRow;
  bounds: PeoplePanelProps["bounds"];
  day: Day;
  colours: Map<string, string>;
}

function Row({ row, bounds, day, colours }: RowProps) {
  const name = row.name ?? (row.id ? "…" : t("today.unassignedRow"));
  const entries = row.blocks
    .map((block) => {
      const end = endOf(block, nowSlow.value);
      const time = (at: string) => formatTime(formatLocale(), at, zone.value);
      return `${time(block.started_at)}–${end ? time(end) : t("time.now")}`;
    })
    .reverse()
    .join(", ");
  const label = t("today.barLabel", {
    name,
    entries: entries || t("today.notIn"),
    day: formatDay(formatLocale(), day, "short"),
  });
  return (
    <a class="today-row" href={row.id ? `/timesheet/${day}?person=${row.id}` : "/tags"}>
      <span class="today-who">
        {row.id ? (
          <Avatar name={name} />
        ) : (
          <span class="avatar" aria-hidden="true">
            <Icon of={Tag} />
          </span>
        )}
        <div>
          <div class="strong truncate">{name}</div>
          <div class="small truncate">
            <Doing row={row} />
          </div>
        </div>
      </span>
      <DayBar blocks={row.blocks} bounds={bounds} now={nowSlow.value} colours={colours} label={label} />
      <span class="today-total number">
        <Total row={row} bounds={bounds} />
      </span>
    </a>
  );
}

function Doing({ row }: { row: TodayRow }) {
  const locale = formatLocale();
  const first = row.present[0];
  if (first) {
    const time = formatTime(locale, first.since, zone.value);
    return (
      <State meaning="running" icon={Play}>
        <span class="truncate">
          {first.project_name ? t("today.sinceOn", { project: first.project_name, time }) : t("today.since", { time })}
        </span>
      </State>
    );
  }
  const ends = row.blocks.map((block) => endOf(block, nowSlow.value) ?? "").sort();
  const last = ends[ends.length - 1];
  if (last) {
    return (
      <State meaning="calm" icon={LogOut}>
        {t("today.left", { time: formatTime(locale, last, zone.value) })}
      </State>
    );
  }
  return <span class="faint">{t("today.notIn")}</span>;
}

function Total({ row, bounds }: { row: TodayRow; bounds: PeoplePanelProps["bounds"] }) {
  if (row.present.length > 0) {
    const seconds = secondsOf(row.blocks, bounds, now.value);
    return <span class="state-running strong">{formatTicking(seconds)}</span>;
  }
  const seconds = secondsOf(row.blocks, bounds, nowSlow.value);
  return seconds ? <span class="strong">{formatDuration(seconds)}</span> : <span class="faint">–</span>;
}
