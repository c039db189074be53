import type { Entry } from "../data/entries";
import type { TimesheetRow } from "../data/sums";
import { zoned } from "../../../platform/dates";
import { decimalHours } from "../../../platform/durations";

/** A cell that a spreadsheet would take for a formula is led by an apostrophe. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const cell = (value: string | number | null): string => {
  const text = value === null ? "" : typeof value === "number" ? String(value) : harmless(value);
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  // The mark tells spreadsheets that it is UTF-8.
  "\uFEFF" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

const local = (instant: string, zone: string): string =>
  zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: "second" }).replace("T", " ");

export function entriesCsv(entries: readonly Entry[], zone: string): string {
  const head = ["person", "project", "start", "end", "time_zone", "hours", "source", "flags", "reader", "note", "id"];
  return csv([
    head,
    ...entries.map((entry) => [
      entry.person_name,
      entry.project_name,
      local(entry.started_at, zone),
      entry.ended_at && local(entry.ended_at, zone),
      zone,
      Number(decimalHours(entry.duration_seconds)),
      entry.source,
      [...entry.flags, ...(entry.is_overlapping ? ["overlapping"] : [])].join(" "),
      entry.device_name,
      entry.note,
      entry.id,
    ]),
  ]);
}

export function sumsCsv(rows: readonly TimesheetRow[]): string {
  return csv([
    ["day", "person", "project", "hours", "entries"],
    ...rows.map((row) => [
      row.day,
      row.person_name,
      row.project_name,
      Number(decimalHours(row.wall_seconds)),
      row.entry_count,
    ]),
  ]);
}
