import { Temporal } from "temporal-polyfill";

/** A calendar day as `2026-11-20`. */
export type Day = string;

/** Days from the first to the last, both included. */
export interface Range {
  from: Day;
  to: Day;
}

/** An instant as the database writes it. */
export type Instant = string;

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function today(zone: string, now: number = Date.now()): Day {
  return dayOf(now, zone);
}

/** The day an instant falls on in a time zone. */
export function dayOf(instant: Instant | number, zone: string): Day {
  return zoned(instant, zone).toPlainDate().toString();
}

export function zoned(instant: Instant | number, zone: string): Temporal.ZonedDateTime {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone);
}

/** Milliseconds of the day's first and last moment: 23, 24 or 25 hours apart. */
export function dayBounds(day: Day, zone: string): { start: number; end: number } {
  const date = Temporal.PlainDate.from(day);
  const at = (d: Temporal.PlainDate) => d.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
  return { start: at(date), end: at(date.add({ days: 1 })) };
}

/** The instant of a wall-clock time on a day; a time that DST skips moves on by the gap. */
export function instantAt(day: Day, minutes: number, zone: string): number {
  const date = Temporal.PlainDate.from(day).add({ days: Math.floor(minutes / 1440) });
  const time = Temporal.PlainTime.from({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 });
  return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

/** Minutes after midnight on the wall clock of the zone. */
export function minutesOfDay(instant: Instant | number, zone: string): number {
  const time = zoned(instant, zone);
  return time.hour * 60 + time.minute;
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

export function addMonths(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

export function isDay(text: string | undefined): text is Day {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}

// Where Intl does not know (Firefox): the regions whose weeks start on a Sunday, by CLDR.
const SUNDAY = new Set(
  "AG AS AU BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW".split(
    " ",
  ),
);

/** 1 is Monday, 7 is Sunday. */
export function firstDayOfWeek(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  const info = known.getWeekInfo?.() ?? known.weekInfo;
  if (info) return info.firstDay;
  return SUNDAY.has(known.maximize().region ?? "") ? 7 : 1;
}

export function startOfWeek(day: Day, locale: string): Day {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: (date.dayOfWeek - firstDayOfWeek(locale) + 7) % 7 }).toString();
}

export function startOfMonth(day: Day): Day {
  return Temporal.PlainDate.from(day).with({ day: 1 }).toString();
}

/** Every day from the first to the last, both included. */
export function daysBetween(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** An entry cut at midnight: the part that lies within the day, in milliseconds, or null. */
export function clipToDay(
  entry: { started_at: Instant; ended_at: Instant | null },
  bounds: { start: number; end: number },
  now: number,
): { start: number; end: number } | null {
  const start = Math.max(Date.parse(entry.started_at), bounds.start);
  const end = Math.min(entry.ended_at ? Date.parse(entry.ended_at) : now, bounds.end);
  return end > start ? { start, end } : null;
}

export const toInstant = (ms: number): Instant => new Date(ms).toISOString();
