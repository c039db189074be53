import { tallyOf, type Tally } from "./tally";
import { db, unwrap, unwrapCounted } from "../../platform/client";
import { PAGE_SIZE, usePages } from "../../platform/pages";
import { useQuery } from "../../platform/query";
import { BY_ID, inOrder, type Order } from "../../platform/paging";
import { organizationId, session } from "../../platform/session";

export type Outcome = "opened" | "closed" | "continued" | "ignored" | "anomaly";

/** A tap, with what became of it. */
export interface Tap {
  id: number;
  event_type: "tag_insert" | "tag_removed";
  direction: "in" | "out" | null;
  device_time: string | null;
  occurred_at: string;
  received_at: string;
  time_quality: "synced" | "local" | "unsynced" | "ahead";
  device_id: string;
  device_name: string | null;
  tag_id: string;
  tag_uid: string;
  tag_label: string | null;
  person_name: string | null;
  project_name: string | null;
  outcome: Outcome | null;
  reason: string | null;
  entry_id: string | null;
}

const COLUMNS =
  "id, event_type, direction, device_time, occurred_at, received_at, time_quality, device_id, device_name, tag_id, tag_uid, tag_label, person_name, project_name, outcome, reason, entry_id";

export interface EventFilter {
  deviceId?: string | undefined;
  tagId?: string | undefined;
}

/** The newest taps; for a member those of the own tags and devices, as quickly as for anyone. */
async function readLatestTaps(limit: number): Promise<Tap[]> {
  return (await unwrap(
    db().rpc("latest_taps", { organization_id: organizationId.peek(), max_rows: limit }),
  )) as Tap[];
}

const BY_TIME: Order = { by: "occurred_at", newestFirst: true, idsGrow: true };

/**
 * An organization's newest first by id: what came last stands on top, whatever a reader's clock said.
 * One device's or tag's by the time that counts, as their indexes have it.
 */
async function readTaps(filter: EventFilter, after: Tap | undefined): Promise<Tap[]> {
  const byTime = Boolean(filter.deviceId || filter.tagId);
  if (!after && !byTime) return readLatestTaps(PAGE_SIZE);
  let query = db().from("recent_taps").select(COLUMNS).eq("organization_id", organizationId.peek());
  if (filter.deviceId) query = query.eq("device_id", filter.deviceId);
  if (filter.tagId) query = query.eq("tag_id", filter.tagId);
  return (await unwrap(inOrder(query, byTime ? BY_TIME : BY_ID, after))) as Tap[];
}

/** The view works out what became of each tap; counting goes by the bare table. */
async function countTaps({ deviceId, tagId }: EventFilter): Promise<number> {
  let query = db()
    .from("device_events")
    .select("id", { count: "exact" })
    .eq("organization_id", organizationId.peek())
    .limit(1);
  if (deviceId) query = query.eq("device_id", deviceId);
  if (tagId) query = query.eq("tag_id", tagId);
  return (await unwrapCounted(query)).count;
}

let tally: { key: string; tally: Tally } | undefined;

function tallyFor(key: string, filter: EventFilter): Tally {
  if (tally?.key !== key) tally = { key, tally: tallyOf(() => countTaps(filter)) };
  return tally.tally;
}

export function useEvents(filter: EventFilter) {
  const key = `events:${organizationId.value}:${filter.deviceId ?? ""}:${filter.tagId ?? ""}`;
  const userId = session.value?.user.id;
  return usePages<Tap>(
    key,
    async (after) => {
      if (after) return { rows: await readTaps(filter, after) };
      const tally = tallyFor(`${userId}:${key}`, filter);
      const rows = await readTaps(filter, undefined);
      return { rows, count: tally.of(rows.map(({ id }) => id), PAGE_SIZE) };
    },
    { everyMs: 5000 },
  );
}

export function useLatestEvents(limit: number) {
  return useQuery<Tap[]>(`events:latest:${organizationId.value}:${limit}`, () => readLatestTaps(limit), {
    everyMs: 4000,
  });
}

/** As many as come within a second. */
const AT_ONCE = 20;

/** The taps that came after the one with this id, oldest first. */
export async function readTapsAfter(id: number): Promise<Tap[]> {
  return (await readLatestTaps(AT_ONCE)).filter((tap) => tap.id > id).reverse();
}

export async function readTap(id: number): Promise<Tap | undefined> {
  const rows = await unwrap(db().from("recent_taps").select(COLUMNS).eq("id", id));
  return rows[0] as Tap | undefined;
}

export async function readNewestTapId(): Promise<number> {
  return (await readLatestTaps(1))[0]?.id ?? 0;
}
