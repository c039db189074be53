import { db, unwrap, unwrapCounted } from "../../platform/client";
import type { Owned } from "../../platform/home";
import { usePages, type Page } from "../../platform/pages";
import { invalidate, useQuery } from "../../platform/query";
import { counting, keyPage, type Order } from "../../platform/paging";
import { may, organizationId } from "../../platform/session";

export type AlertKind =
  | "breach"
  | "battery_low"
  | "tamper"
  | "offline"
  | "missing_clock_out"
  | "clock_skew"
  | "archived_tap"
  | "device_changed"
  | "events_missing";
export type Severity = "info" | "warning" | "critical";

export const ALERT_KINDS: AlertKind[] = [
  "breach",
  "tamper",
  "battery_low",
  "offline",
  "missing_clock_out",
  "clock_skew",
  "archived_tap",
  "device_changed",
  "events_missing",
];

export interface Alert {
  id: string;
  kind: AlertKind;
  severity: Severity;
  source_type: "device" | "time_entry";
  source_id: string;
  details: Record<string, unknown>;
  raised_at: string;
  last_raised_at: string;
  raise_count: number;
  cleared_at: string | null;
  cleared_by: string | null;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  notes: string | null;
}

const COLUMNS =
  "id, kind, severity, source_type, source_id, details, raised_at, last_raised_at, raise_count, cleared_at, cleared_by, acknowledged_at, acknowledged_by, notes";

const NEWEST: Order = { by: "raised_at", newestFirst: true };

export type AlertState = "open" | "acknowledged" | "cleared" | "all";

/** Nobody has seen it, and its cause is still there. */
export const isOpen = (alert: Alert): boolean => !alert.cleared_at && !alert.acknowledged_at;

/** Whether an alert belongs in the list of those in a state. */
export function isIn(state: AlertState, alert: Alert): boolean {
  if (state === "open") return isOpen(alert);
  if (state === "acknowledged") return !alert.cleared_at && alert.acknowledged_at !== null;
  return state === "all" || alert.cleared_at !== null;
}

export interface AlertFilter {
  state: AlertState;
  kind: AlertKind | "";
}

export function useAlertPages(filter: AlertFilter) {
  const organization = organizationId.value;
  return usePages<Alert>(
    may("viewer") ? `alerts:${organization}:${filter.state}:${filter.kind}` : null,
    async (after) => {
      let query = db()
        .from("alerts")
        .select(COLUMNS, counting(after))
        .eq("organization_id", organization);
      if (filter.state === "open") query = query.is("cleared_at", null).is("acknowledged_at", null);
      if (filter.state === "acknowledged") {
        query = query.is("cleared_at", null).not("acknowledged_at", "is", null);
      }
      if (filter.state === "cleared") query = query.not("cleared_at", "is", null);
      if (filter.kind) query = query.eq("kind", filter.kind);
      return keyPage(query, NEWEST, after) as Promise<Page<Alert>>;
    },
    { everyMs: 5000 },
  );
}

/** The newest open ones, for Today, and how many there are, for the frame. */
export function useOpenAlerts() {
  const organization = organizationId.value;
  return useQuery<{ rows: Alert[]; count: number }>(
    may("viewer") ? `alerts:open:${organization}` : null,
    async () => {
      const { data, count } = await unwrapCounted(
        db()
          .from("alerts")
          .select(COLUMNS, { count: "exact" })
          .eq("organization_id", organization)
          .is("cleared_at", null)
          .is("acknowledged_at", null)
          .order("raised_at", { ascending: false })
          .limit(5),
      );
      return { rows: data as Alert[], count };
    },
    { everyMs: 10_000 },
  );
}

export function useAlert(id: string) {
  return useQuery<Alert & Owned>(
    `alerts:one:${id}`,
    async () =>
      (await unwrap(
        db().from("alerts").select(`${COLUMNS}, organization_id` as const).eq("id", id).single(),
      )) as Alert & Owned,
    { everyMs: 10_000 },
  );
}

export async function acknowledgeAlert(id: string, notes: string): Promise<Alert> {
  const settled = await unwrap(
    db().rpc("acknowledge_alert", { alert_id: id, ...(notes.trim() ? { notes: notes.trim() } : {}) }),
  );
  invalidate("alerts:");
  return settled as Alert;
}

export async function clearAlert(id: string, notes: string): Promise<Alert> {
  const settled = await unwrap(
    db().rpc("clear_alert", { alert_id: id, ...(notes.trim() ? { notes: notes.trim() } : {}) }),
  );
  invalidate("alerts:");
  return settled as Alert;
}

/** What the sources of alerts are called: devices by name, entries by whose they are and when they began. */
export function useAlertSources(alerts: Alert[] | undefined) {
  const ids = [...new Set(alerts?.map(({ source_id }) => source_id))].sort();
  return useQuery<Record<string, { name: string; at?: string }>>(
    ids.length ? `alerts:sources:${ids.join()}` : null,
    async () => {
      const of = (type: Alert["source_type"]) =>
        [...new Set(alerts?.filter((alert) => alert.source_type === type).map(({ source_id }) => source_id))].slice(
          0,
          200,
        );
      const devices = of("device");
      const entries = of("time_entry");
      const [foundDevices, foundEntries] = await Promise.all([
        devices.length ? unwrap(db().from("devices").select("id, name").in("id", devices)) : [],
        entries.length
          ? unwrap(
              db().from("time_entry_details").select("id, person_name, tag_label, tag_uid, started_at").in("id", entries),
            )
          : [],
      ]);
      const names: Record<string, { name: string; at?: string }> = {};
      for (const { id, name } of foundDevices) names[id] = { name };
      for (const entry of foundEntries) {
        names[entry.id] = {
          name: entry.person_name ?? entry.tag_label ?? entry.tag_uid ?? "?",
          at: entry.started_at,
        };
      }
      return names;
    },
  );
}
