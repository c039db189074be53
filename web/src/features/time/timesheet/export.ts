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

const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

const utc = (instant: string): string => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");

/** RFC 5545 lines end after 75 bytes. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (bytes + size > 73) {
      parts.push(part);
      part = "";
      bytes = 0;
    }
    part += letter;
    bytes += size;
  }
  return [...parts, part].join("\r\n ");
}

export function calendar(entries: readonly Entry[], organization: string): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Gatebook//Time entries//EN",
    `X-WR-CALNAME:${escaped(organization)}`,
    ...entries.flatMap((entry) =>
      entry.ended_at
        ? [
            "BEGIN:VEVENT",
            `UID:${entry.id}@gatebook`,
            `DTSTAMP:${utc(entry.started_at)}`,
            `DTSTART:${utc(entry.started_at)}`,
            `DTEND:${utc(entry.ended_at)}`,
            `SUMMARY:${escaped([entry.person_name, entry.project_name].filter(Boolean).join(" · ") || "Gatebook")}`,
            ...(entry.note ? [`DESCRIPTION:${escaped(entry.note)}`] : []),
            ...(entry.place_name ? [`LOCATION:${escaped(entry.place_name)}`] : []),
            `SEQUENCE:${entry.version}`,
            "END:VEVENT",
          ]
        : [],
    ),
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("\r\n") + "\r\n";
}
