import { db, unwrapCounted } from "./client";
import { PAGE_SIZE, usePages } from "./pages";
import { useQuery } from "./query";
import { quoted } from "./search";
import { organizationId } from "./session";

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
  "id, event_type, direction, device_time, occurred_at, received_at, time_quality, device_id, device_name, " +
  "tag_id, tag_uid, tag_label, person_name, project_name, outcome, reason, entry_id";

export interface EventFilter {
  deviceId?: string | undefined;
  tagId?: string | undefined;
}

/**
 * An organization's newest first by id: what came last stands on top, whatever a reader's clock said.
 * One device's or tag's by the time that counts, as their indexes have it.
 */
export async function readEvents(
  filter: EventFilter,
  after: Tap | undefined,
  limit = PAGE_SIZE,
): Promise<{ rows: Tap[]; count?: number }> {
  const organization = organizationId.peek();
  const byTime = Boolean(filter.deviceId || filter.tagId);
  let query = db().from("recent_taps").select(COLUMNS).eq("organization_id", organization).limit(limit);
  let counted = db()
    .from("device_events")
    .select("id", { count: "exact" })
    .eq("organization_id", organization)
    .limit(1);
  if (filter.deviceId) {
    query = query.eq("device_id", filter.deviceId);
    counted = counted.eq("device_id", filter.deviceId);
  }
  if (filter.tagId) {
    query = query.eq("tag_id", filter.tagId);
    counted = counted.eq("tag_id", filter.tagId);
  }
  if (byTime) query = query.order("occurred_at", { ascending: false });
  query = query.order("id", { ascending: false });
  if (after && byTime) {
    const at = quoted(after.occurred_at);
    query = query.or(`occurred_at.lt.${at},and(occurred_at.eq.${at},id.lt.${after.id})`);
  } else if (after) query = query.lt("id", after.id);
  // The view works out what became of each tap; counting goes by the bare table.
  const [page, total] = await Promise.all([
    unwrapCounted(query),
    after ? undefined : unwrapCounted(counted),
  ]);
  return { rows: page.data as unknown as Tap[], ...(total ? { count: total.count } : {}) };
}

export function useEvents(filter: EventFilter) {
  return usePages<Tap>(
    `events:${organizationId.value}:${filter.deviceId ?? ""}:${filter.tagId ?? ""}`,
    (after) => readEvents(filter, after),
    { everyMs: 5000 },
  );
}

export function useLatestEvents(limit: number) {
  return useQuery<Tap[]>(
    `events:latest:${organizationId.value}:${limit}`,
    async () =>
      (await unwrapCounted(
        db()
          .from("recent_taps")
          .select(COLUMNS)
          .eq("organization_id", organizationId.peek())
          .order("id", { ascending: false })
          .limit(limit),
      )).data as unknown as Tap[],
    { everyMs: 4000 },
  );
}

/** The taps that came after the one with this id, oldest first. */
export async function readTapsAfter(id: number, deviceId?: string): Promise<Tap[]> {
  let query = db()
    .from("recent_taps")
    .select(COLUMNS)
    .eq("organization_id", organizationId.peek())
    .gt("id", id);
  if (deviceId) query = query.eq("device_id", deviceId);
  return (await unwrapCounted(query.order("id").limit(20))).data as unknown as Tap[];
}

export async function readNewestTapId(): Promise<number> {
  const { data } = await unwrapCounted(
    db()
      .from("device_events")
      .select("id")
      .eq("organization_id", organizationId.peek())
      .order("id", { ascending: false })
      .limit(1),
  );
  return data[0]?.id ?? 0;
}
