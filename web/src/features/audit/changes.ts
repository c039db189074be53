/** What a line of the audit log tells, before it is put into words. */
import type { AuditLine } from "./data";

// What the database keeps for itself, or what every change moves.
const UNTOLD = new Set([
  "id",
  "organization_id",
  "created_at",
  "updated_at",
  "created_by",
  "version",
  "token_hash",
  "key_hash",
  "limit_at",
  "last_used_at",
]);

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields that differ; of a new or a deleted row, those that say something. */
export function changesOf({ before, after }: Pick<AuditLine, "before" | "after">): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => !UNTOLD.has(field))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((change) => !isSame(change.before, change.after))
    .filter(({ before: was, after: is }) => (before && after) || !isSame(was ?? is, []));
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

// An update that sets one of these is an act with a name of its own: [field, set, cleared].
const NAMED: Record<string, [string, string, string | null][]> = {
  device_keys: [["revoked_at", "revoke", null]],
  invitations: [
    ["accepted_at", "accept", null],
    ["revoked_at", "revoke", null],
  ],
  calendar_feeds: [["revoked_at", "revoke", null]],
  people: [
    ["archived_at", "archive", "unarchive"],
    ["user_id", "link", "unlink"],
  ],
};
const ARCHIVED: [string, string, string | null][] = [["archived_at", "archive", "unarchive"]];

/** The act, by its most telling name: `archive` rather than `update`. */
export function actOf(line: Pick<AuditLine, "actor_kind" | "action" | "table_name" | "before" | "after">): string {
  const { actor_kind, action, table_name, before, after } = line;
  if (table_name === "tag_assignments") return "assign";
  if (table_name === "pairing_settings" && action !== "delete") return after?.["device_id"] ? "readerRule" : "rule";
  // A reader adds a tag by seeing it.
  if (table_name === "tags" && action === "insert" && actor_kind === "device") return "see";
  if (action !== "update" || !before || !after) return action;
  if ("is_active" in after && before["is_active"] !== after["is_active"]) {
    return after["is_active"] ? "activate" : "deactivate";
  }
  if (table_name === "memberships" && before["role"] !== after["role"]) return "role";
  for (const [field, set, cleared] of NAMED[table_name] ?? ARCHIVED) {
    if (isSame(before[field] ?? null, after[field] ?? null)) continue;
    if (before[field] == null) return set;
    if (after[field] == null && cleared) return cleared;
  }
  return action;
}

/** What the row is called in itself, if it is. */
export function nameIn({ before, after }: Pick<AuditLine, "before" | "after">): string | null {
  const row = after ?? before ?? {};
  for (const field of ["name", "label", "email", "title", "uid", "external_id", "hint"]) {
    const value = row[field];
    if (typeof value === "string" && value) return value;
  }
  return null;
}
