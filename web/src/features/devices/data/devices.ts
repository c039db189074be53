import { db, done, unwrap, unwrapCounted } from "../../../platform/client";
import type { Owned } from "../../../platform/home";
import { BY_NAME, keyPage } from "../../../platform/paging";
import { usePages } from "../../../platform/pages";
import { invalidate, useQuery } from "../../../platform/query";
import { organizationId } from "../../../platform/session";

export type DeviceKind = "reader" | "terminal" | "tablet";
export type DeviceMode = "dock" | "terminal";

export interface Device {
  id: string;
  external_id: string;
  name: string;
  kind: DeviceKind;
  mode: DeviceMode | null;
  time_zone: string | null;
  is_active: boolean;
  created_at: string;
  place_id: string | null;
  place_name: string | null;
  person_id: string | null;
  person_name: string | null;
  last_seen_at: string | null;
  taps_today: number;
  /** The last 14 days of the organization, today at the end. */
  taps_by_day: number[];
  open_alerts: number;
  valid_keys: number;
}

const COLUMNS =
  "id, external_id, name, kind, mode, time_zone, is_active, created_at, place_id, place_name, person_id, person_name, last_seen_at, taps_today, taps_by_day, open_alerts, valid_keys";

export function useDevicePages() {
  return usePages<Device>(
    `devices:${organizationId.value}`,
    async (after) => {
      const organization = organizationId.peek();
      const [page, total] = await Promise.all([
        keyPage(
          db().from("device_overview").select(COLUMNS).eq("organization_id", organization),
          BY_NAME,
          after,
        ),
        after
          ? undefined
          : unwrapCounted(
              db().from("devices").select("id", { count: "exact" }).eq("organization_id", organization).limit(1),
              // The list is good without its count.
            ).catch(() => undefined),
      ]);
      return { rows: page.rows as Device[], ...(total ? { count: total.count } : {}) };
    },
    { everyMs: 10_000 },
  );
}

export function useDevice(id: string) {
  return useQuery<Device & Owned>(
    `devices:one:${id}`,
    async () =>
      (await unwrap(
        db().from("device_overview").select(`${COLUMNS}, organization_id` as const).eq("id", id).single(),
      )) as Device & Owned,
    { everyMs: 10_000 },
  );
}

export interface DeviceInput {
  external_id: string;
  name: string;
  kind: DeviceKind;
  mode: DeviceMode | "";
  time_zone: string;
  place_id: string | null;
  person_id: string | null;
}

export async function saveDevice(id: string | null, input: DeviceInput): Promise<string> {
  const values = {
    ...input,
    external_id: input.external_id.trim(),
    name: input.name.trim(),
    mode: input.mode || null,
    time_zone: input.time_zone || null,
  };
  const saved = await unwrap(
    id
      ? db().from("devices").update(values).eq("id", id).select("id").single()
      : db()
          .from("devices")
          .insert({ organization_id: organizationId.peek(), ...values })
          .select("id")
          .single(),
  );
  invalidate("devices:");
  return saved.id;
}

export async function switchDevice(id: string, isActive: boolean): Promise<void> {
  await done(db().from("devices").update({ is_active: isActive }).eq("id", id).select("id").single());
  invalidate("devices:");
}

/** A reader that says nothing for so long deserves a look. */
const SILENT_MS = 24 * 3_600_000;

export type DeviceState = "off" | "never" | "silent" | "working";

export function deviceState(device: Pick<Device, "is_active" | "last_seen_at">, now: number): DeviceState {
  if (!device.is_active) return "off";
  const seen = device.last_seen_at;
  if (!seen) return "never";
  return now - Date.parse(seen) > SILENT_MS ? "silent" : "working";
}

export interface SilentDevice {
  id: string;
  name: string;
  last_seen_at: string;
}

/** Switched on, heard of once, and silent for a day or more: the longest first, and how many in all. */
export function useSilentDevices() {
  return useQuery<{ rows: SilentDevice[]; count: number }>(
    `devices:silent:${organizationId.value}`,
    async () => {
      const { data, count } = await unwrapCounted(
        db()
          .from("device_overview")
          .select("id, name, last_seen_at", { count: "exact" })
          .eq("organization_id", organizationId.peek())
          .eq("is_active", true)
          .lt("last_seen_at", new Date(Date.now() - SILENT_MS).toISOString())
          .order("last_seen_at")
          .limit(5),
      );
      return { rows: data as SilentDevice[], count };
    },
    { everyMs: 60_000 },
  );
}

/** Asked only where it matters. */
export function useHasDevices(matters: boolean) {
  return useQuery<boolean>(matters ? `devices:any:${organizationId.value}` : null, async () => {
    const rows = await unwrap(
      db().from("devices").select("id").eq("organization_id", organizationId.peek()).limit(1),
    );
    return rows.length > 0;
  });
}
