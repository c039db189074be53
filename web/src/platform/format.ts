import type { Day, Instant } from "./dates";
import { formatterOf } from "./formatter";

const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  formatterOf(Intl.DateTimeFormat, locale, options);

const ms = (instant: Instant | number) => (typeof instant === "number" ? instant : Date.parse(instant));

/** `08:02`, or `8:02 AM` where the locale says so. */
export const formatTime = (locale: string, instant: Instant | number, zone: string): string =>
  formatter(locale, { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(ms(instant));

export const formatTimeSeconds = (locale: string, instant: Instant | number, zone: string): string =>
  formatter(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone }).format(
    ms(instant),
  );

export const formatDateTime = (locale: string, instant: Instant | number, zone: string): string =>
  formatter(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(ms(instant));

/** To the second, for what shows on hover. */
export const formatExact = (locale: string, instant: Instant | number, zone: string): string =>
  formatter(locale, { dateStyle: "full", timeStyle: "long", timeZone: zone }).format(ms(instant));

type DayStyle = "full" | "medium" | "short" | "weekday" | "narrow" | "month" | "number";

const DAY_STYLES: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  medium: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  short: { weekday: "short", day: "numeric", month: "short" },
  weekday: { weekday: "short" },
  narrow: { day: "numeric", month: "short" },
  month: { month: "long", year: "numeric" },
  number: { day: "numeric" },
};

/** A calendar day has no zone, so it is formatted in UTC. */
export const formatDay = (locale: string, day: Day, style: DayStyle = "medium"): string =>
  formatter(locale, { ...DAY_STYLES[style], timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));

export function formatDayRange(locale: string, from: Day, to: Day): string {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return formatter(locale, options).formatRange(Date.parse(`${from}T00:00Z`), Date.parse(`${to}T00:00Z`));
}

export const formatNumber = (locale: string, number: number): string =>
  formatterOf(Intl.NumberFormat, locale).format(number);

/** `2 min. ago`; what is younger than ten seconds is `now`. */
export function formatAgo(locale: string, instant: Instant | number, now: number): string {
  const seconds = Math.round((now - ms(instant)) / 1000);
  const past = Math.abs(seconds);
  const relative = formatterOf(Intl.RelativeTimeFormat, locale, { numeric: "auto", style: "short" });
  const sign = seconds >= 0 ? -1 : 1;
  if (past < 10) return relative.format(0, "second");
  if (past < 60) return relative.format(sign * past, "second");
  if (past < 3600) return relative.format(sign * Math.round(past / 60), "minute");
  if (past < 86_400) return relative.format(sign * Math.round(past / 3600), "hour");
  if (past < 30 * 86_400) return relative.format(sign * Math.round(past / 86_400), "day");
  if (past < 365 * 86_400) return relative.format(sign * Math.round(past / (30 * 86_400)), "month");
  return relative.format(sign * Math.round(past / (365 * 86_400)), "year");
}
