/** Reading time entries: those of a day, of a range, and one. */
import { addDays, dayBounds, type Day, type Instant, type Range } from "../../../platform/dates";
import { db, unwrap } from "../../../platform/client";
import type { Owned } from "../../../platform/home";
import { usePages, type Page } from "../../../platform/pages";
import { useOwnPersonOnly } from "../../book/data/people";
import { inOrder, keyPage, type Order } from "../../../platform/paging";
import { useQuery } from "../../../platform/query";
import { ANSWER_ROWS } from "../../../platform/read-all";
import { quoted } from "../../../platform/postgrest";
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
  "id, person_id, person_name, project_id, project_name, project_color, tag_id, tag_label, tag_uid, device_id, device_name, place_name, started_at, ended_at, limit_at, is_running, duration_seconds, flags, is_overlapping, source, note, corrected_fields, version";

/** What a person may change of an entry. */
export interface EntryChanges {
  started_at?: Instant;
  ended_at?: Instant | null;
  person_id?: string | null;
  project_id?: string | null;
  note?: string | null;
}

/** Reads again often enough that a tap shows while the hand is still on the reader. */
export const LIVE_MS = 4000;

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
      return ((await unwrap(query)) as Entry[]).reverse();
    },
    { everyMs: 2 * LIVE_MS },
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
      return keyPage(query, NEWEST, after) as Promise<Page<Entry>>;
    },
  );
}

const NEWEST: Order = { by: "started_at", newestFirst: true };

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
    const query = filtered(filter, false)
      .gte("started_at", new Date(dayBounds(range.from, zone).start).toISOString())
      .lt("started_at", new Date(dayBounds(range.to, zone).end).toISOString());
    const page = (await unwrap(inOrder(query, NEWEST, last, ANSWER_ROWS))) as Entry[];
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
        db().from("time_entry_details").select(`${COLUMNS}, organization_id` as const).eq("id", id!).single(),
      )) as Entry & Owned,
  );
}
