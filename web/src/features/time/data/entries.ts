/** Reading time: sums, entries of a day, who is in. */
import { addDays, dayBounds, type Day } from "../../../platform/dates";
import { db, unwrap, unwrapCounted } from "../../../platform/client";
import type { Owned } from "../../../platform/home";
import { PAGE_SIZE, usePages } from "../../../platform/pages";
import { useOwnPersonOnly } from "../../book/data/people";
import { useQuery } from "../../../platform/query";
import { ANSWER_ROWS, readAll } from "../../../platform/read-all";
import { quoted } from "../../../app/search";
import { organizationId, organizationZone } from "../../../platform/session";

export type Flag = "removal_missed" | "auto_closed" | "contradicted" | "overlapping";

export interface Entry {
  id: string;
  person_id: string | null;
  person_name: string | null;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  tag_id: string | null;
  tag_label: string | null;
  tag_uid: string | null;
  device_id: string | null;
  device_name: string | null;
  place_name: string | null;
  started_at: string;
  ended_at: string | null;
  limit_at: string;
  is_running: boolean;
  duration_seconds: number;
  flags: Exclude<Flag, "overlapping">[];
  is_overlapping: boolean;
  source: "device" | "manual";
  note: string | null;
  corrected_fields: string[];
  version: number;
}

const COLUMNS =
  "id, person_id, person_name, project_id, project_name, project_color, tag_id, tag_label, tag_uid, device_id, " +
  "device_name, place_name, started_at, ended_at, limit_at, is_running, duration_seconds, flags, is_overlapping, " +
  "source, note, corrected_fields, version";

export interface PresentRow {
  entry_id: string;
  person_id: string | null;
  person_name: string | null;
  since: string;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  device_name: string | null;
  place_name: string | null;
  tag_id: string | null;
  tag_label: string | null;
  source: "device" | "manual";
  version: number;
}

/** Reads again often enough that a tap shows while the hand is still on the reader. */
const LIVE_MS = 4000;

export function usePresentNow() {
  return useQuery<PresentRow[]>(
    `time:present:${organizationId.value}`,
    async () =>
      (await unwrap(
        db().rpc("present_now", { organization_id: organizationId.peek() }),
      )) as unknown as PresentRow[],
    { everyMs: LIVE_MS },
  );
}

export interface DayTotal {
  day: Day;
  person_id: string | null;
  person_name: string | null;
  elapsed_seconds: number;
  wall_seconds: number;
  first_started_at: string;
  last_ended_at: string | null;
  entry_count: number;
  running: boolean;
  flags: Flag[];
}

export interface ProjectTotal {
  day: Day;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  elapsed_seconds: number;
  people: number;
}

export interface TimesheetRow {
  day: Day;
  person_id: string | null;
  person_name: string | null;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  elapsed_seconds: number;
  wall_seconds: number;
  entry_count: number;
  running: boolean;
  flags: Flag[];
}

export interface Range {
  from: Day;
  to: Day;
}

/** `range` null: nothing to read. */
export function useDayTotals(range: Range | null, personId?: string, everyMs?: number) {
  const organization = organizationId.value;
  return useQuery<DayTotal[]>(
    range && `time:days:${organization}:${range.from}:${range.to}:${personId ?? ""}`,
    () =>
      readAll(() =>
        db().rpc("timesheet_days", {
          organization_id: organization,
          from_date: range!.from,
          to_date: range!.to,
          ...(personId ? { person_id: personId } : {}),
        }),
      ),
    everyMs ? { everyMs } : {},
  );
}

/** `range` null: nothing to read. */
export function useProjectTotals(range: Range | null, personId?: string, everyMs?: number) {
  const organization = organizationId.value;
  return useQuery<ProjectTotal[]>(
    range && `time:projects:${organization}:${range.from}:${range.to}:${personId ?? ""}`,
    () =>
      readAll(() =>
        db().rpc("project_hours", {
          organization_id: organization,
          from_date: range!.from,
          to_date: range!.to,
          ...(personId ? { person_id: personId } : {}),
        }),
      ),
    everyMs ? { everyMs } : {},
  );
}

export async function readTimesheet(
  { from, to }: Range,
  personId?: string,
  projectId?: string,
): Promise<TimesheetRow[]> {
  return readAll(() =>
    db().rpc("timesheet", {
      organization_id: organizationId.peek(),
      from_date: from,
      to_date: to,
      ...(personId ? { person_id: personId } : {}),
      ...(projectId ? { project_id: projectId } : {}),
    }),
  );
}

export interface PresenceHour {
  weekday: number;
  hour: number;
  person_seconds: number;
  average_people: number;
}

export function usePresenceByHour({ from, to }: Range, personId?: string) {
  const organization = organizationId.value;
  return useQuery<PresenceHour[]>(
    `time:presence:${organization}:${from}:${to}:${personId ?? ""}`,
    async () =>
      (await unwrap(
        db().rpc("presence_by_hour", {
          organization_id: organization,
          from_date: from,
          to_date: to,
          ...(personId ? { person_id: personId } : {}),
        }),
      )) as unknown as PresenceHour[],
  );
}

/** An entry as the bars of Today need it: no names, no overlaps to work out. */
export interface Block {
  id: string;
  person_id: string | null;
  project_id: string | null;
  tag_id: string | null;
  started_at: string;
  ended_at: string | null;
  limit_at: string;
  flags: string[];
}

/** Long entries are rare; what began more than two days before is not looked for here. */
const REACH_DAYS = 2;

export function useBlocksOfDay(day: Day) {
  const zone = organizationZone.value;
  const ownId = useOwnPersonOnly();
  return useQuery<Block[]>(
    ownId === null ? null : `time:blocks:${organizationId.value}:${day}:${zone}:${ownId ?? ""}`,
    () => {
      const { end, start } = dayBounds(day, zone);
      const earliest = dayBounds(addDays(day, -REACH_DAYS), zone).start;
      return readAll(() => {
        const query = db()
          .from("time_entries")
          .select("id, person_id, project_id, tag_id, started_at, ended_at, limit_at, flags")
          .eq("organization_id", organizationId.peek())
          .gte("started_at", new Date(earliest).toISOString())
          .lt("started_at", new Date(end).toISOString())
          .or(`ended_at.is.null,ended_at.gt.${quoted(new Date(start).toISOString())}`);
        return (ownId ? query.eq("person_id", ownId) : query).order("started_at", { ascending: false }).order("id");
      });
    },
    { everyMs: LIVE_MS },
  );
}

export interface EntryFilter {
  personId?: string | undefined;
  projectId?: string | undefined;
  deviceId?: string | undefined;
}

function filtered(filter: EntryFilter, count: boolean) {
  let query = db()
    .from("time_entry_details")
    .select(COLUMNS, count ? { count: "exact" } : {})
    .eq("organization_id", organizationId.peek());
  if (filter.personId) query = query.eq("person_id", filter.personId);
  if (filter.projectId) query = query.eq("project_id", filter.projectId);
  if (filter.deviceId) query = query.eq("device_id", filter.deviceId);
  return query;
}

/** A member's own person is named: row level security alone would look at everybody's entries. Null: wait. */
function useNamed(filter: EntryFilter): EntryFilter | null {
  const ownId = useOwnPersonOnly();
  return ownId === null ? null : { ...filter, personId: filter.personId ?? ownId };
}

/** More than a day of one page can show. */
export const MOST_ENTRIES_OF_DAY = 500;

/** The entries that lie in a day, oldest first; of more than MOST_ENTRIES_OF_DAY the newest, one too many. */
export function useEntriesOfDay(day: Day, given: EntryFilter) {
  const zone = organizationZone.value;
  const filter = useNamed(given);
  return useQuery<Entry[]>(
    filter &&
      `time:entries:${organizationId.value}:${day}:${zone}:${filter.personId ?? ""}:${filter.projectId ?? ""}`,
    async () => {
      const { end, start } = dayBounds(day, zone);
      const earliest = dayBounds(addDays(day, -7), zone).start;
      const query = filtered(filter!, false)
        .gte("started_at", new Date(earliest).toISOString())
        .lt("started_at", new Date(end).toISOString())
        .or(`ended_at.is.null,ended_at.gt.${quoted(new Date(start).toISOString())}`)
        .order("started_at", { ascending: false })
        .order("id")
        .limit(MOST_ENTRIES_OF_DAY + 1);
      return ((await unwrap(query)) as unknown as Entry[]).reverse();
    },
    { everyMs: LIVE_MS * 2 },
  );
}

/** Entries of a range, newest first, a page after the other. */
export function useEntryPages(given: EntryFilter, range?: Range) {
  const zone = organizationZone.value;
  const filter = useNamed(given);
  return usePages<Entry>(
    filter && `time:list:${organizationId.value}:${zone}:${JSON.stringify(filter)}:${range?.from}:${range?.to}`,
    async (after) => {
      let query = filtered(filter!, !after);
      if (range) {
        query = query
          .gte("started_at", new Date(dayBounds(range.from, zone).start).toISOString())
          .lt("started_at", new Date(dayBounds(range.to, zone).end).toISOString());
      }
      if (after) query = query.or(before(after));
      const { data, count } = await unwrapCounted(
        query.order("started_at", { ascending: false }).order("id").limit(PAGE_SIZE),
      );
      return { rows: data as unknown as Entry[], ...(after ? {} : { count }) };
    },
  );
}

const before = ({ started_at, id }: { started_at: string; id: string }) =>
  `started_at.lt.${quoted(started_at)},and(started_at.eq.${quoted(started_at)},id.gt.${id})`;

/** Every entry of a range, for export: answer by answer, with how far it has come. */
export async function readAllEntries(
  range: Range,
  filter: EntryFilter,
  onProgress: (count: number) => void,
): Promise<Entry[]> {
  const zone = organizationZone.peek();
  const rows: Entry[] = [];
  for (;;) {
    const last = rows[rows.length - 1];
    let query = filtered(filter, false)
      .gte("started_at", new Date(dayBounds(range.from, zone).start).toISOString())
      .lt("started_at", new Date(dayBounds(range.to, zone).end).toISOString());
    if (last) query = query.or(before(last));
    const page = (await unwrap(
      query.order("started_at", { ascending: false }).order("id").limit(ANSWER_ROWS),
    )) as unknown as Entry[];
    rows.push(...page);
    onProgress(rows.length);
    if (page.length < ANSWER_ROWS) return rows.reverse();
  }
}

export function useEntry(id: string | null) {
  return useQuery<Entry & Owned>(
    id ? `time:entry:${id}` : null,
    async () =>
      (await unwrap(
        db().from("time_entry_details").select(`${COLUMNS}, organization_id`).eq("id", id!).single(),
      )) as unknown as Entry & Owned,
  );
}
