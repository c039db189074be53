import { db } from "../../platform/client";
import { usePages, type Page } from "../../platform/pages";
import { counting, keyPage, BY_ID } from "../../platform/paging";
import { organizationId } from "../../platform/session";

export interface AuditLine {
  id: number;
  occurred_at: string;
  actor_id: string | null;
  actor_kind: "user" | "device" | "system";
  action: string;
  table_name: string;
  row_id: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
}

/** Tables whose changes are in the log, as people meet them. */
export const AUDITED_TABLES = [
  "time_entries",
  "people",
  "tags",
  "tag_assignments",
  "projects",
  "devices",
  "device_keys",
  "places",
  "alerts",
  "memberships",
  "invitations",
  "calendar_feeds",
  "organizations",
  "pairing_settings",
] as const;

export interface AuditFilter {
  table?: string | undefined;
  row?: string | undefined;
  /** The id of an account, or `device` or `system`. */
  actor?: string | undefined;
}

export function useAuditPages({ table, row, actor }: AuditFilter) {
  return usePages<AuditLine>(`audit:${organizationId.value}:${table}:${row}:${actor}`, async (after) => {
    let query = db()
      .from("audit_log")
      .select(
        "id, occurred_at, actor_id, actor_kind, action, table_name, row_id, before, after, reason",
        counting(after),
      )
      .eq("organization_id", organizationId.peek());
    if (table) query = query.eq("table_name", table);
    if (row) query = query.eq("row_id", row);
    if (actor === "device" || actor === "system") query = query.eq("actor_kind", actor);
    else if (actor) query = query.eq("actor_id", actor);
    return keyPage(query, BY_ID, after) as Promise<Page<AuditLine>>;
  });
}
