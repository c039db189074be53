import { db, unwrapCounted } from "./client";
import { PAGE_SIZE, usePages } from "./pages";
import { useQuery } from "./query";
import { organizationId } from "./session";

export interface DeviceEvent {
  id: number;
  event_type: "tag_insert" | "tag_removed";
  tag_id: string;
  tag_uid: string;
  direction: "in" | "out" | null;
  device_time: string | null;
  occurred_at: string;
  received_at: string;
  time_quality: "synced" | "local" | "unsynced" | "ahead";
  device: { id: string; name: string; mode: string | null } | null;
  tag: { label: string | null; person: { name: string } | null; project: { name: string } | null } | null;
}

const COLUMNS =
  "id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at, time_quality, " +
  "device:devices(id, name, mode), tag:tags(label, " +
  "person:people!tags_person_id_organization_id_fkey(name), project:projects!tags_project_id_organization_id_fkey(name))";

export interface EventFilter {
  deviceId?: string | undefined;
  tagId?: string | undefined;
}

/** Newest first, by id: what came last stands on top, whatever the reader's clock said. */
export async function readEvents(
  filter: EventFilter,
  after: DeviceEvent | undefined,
  limit = PAGE_SIZE,
): Promise<{ rows: DeviceEvent[]; count?: number }> {
  let query = db()
    .from("device_events")
    .select(COLUMNS, after ? {} : { count: "exact" })
    .eq("organization_id", organizationId.peek())
    .order("id", { ascending: false })
    .limit(limit);
  if (filter.deviceId) query = query.eq("device_id", filter.deviceId);
  if (filter.tagId) query = query.eq("tag_id", filter.tagId);
  if (after) query = query.lt("id", after.id);
  const { data, count } = await unwrapCounted(query);
  return { rows: data as unknown as DeviceEvent[], ...(after ? {} : { count }) };
}

export function useEvents(filter: EventFilter) {
  return usePages<DeviceEvent>(
    `events:${organizationId.value}:${filter.deviceId ?? ""}:${filter.tagId ?? ""}`,
    (after) => readEvents(filter, after),
    { everyMs: 5000 },
  );
}

export function useLatestEvents(limit: number) {
  return useQuery<DeviceEvent[]>(
    `events:latest:${organizationId.value}`,
    async () => (await readEvents({}, undefined, limit)).rows,
    { everyMs: 4000 },
  );
}
