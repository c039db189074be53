import { db, unwrapCounted } from "./client";
import { PAGE_SIZE, usePages } from "./pages";
import { organizationId } from "./session";

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

export function useAuditPages(tableName: string) {
  return usePages<AuditLine>(`audit:${organizationId.value}:${tableName}`, async (after) => {
    let query = db()
      .from("audit_log")
      .select(
        "id, occurred_at, actor_id, actor_kind, action, table_name, row_id, before, after, reason",
        after ? {} : { count: "exact" },
      )
      .eq("organization_id", organizationId.peek());
    if (tableName) query = query.eq("table_name", tableName);
    if (after) query = query.lt("id", after.id);
    const { data, count } = await unwrapCounted(query.order("id", { ascending: false }).limit(PAGE_SIZE));
    return { rows: data as unknown as AuditLine[], ...(after ? {} : { count }) };
  });
}
