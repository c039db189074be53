import { likePattern, uidPart } from "../../platform/text";
import { db, done, nullable, unwrap, unwrapCounted } from "../../platform/client";
import type { Owned } from "../../platform/home";
import { usePages, type Page } from "../../platform/pages";
import { invalidate, useQuery } from "../../platform/query";
import { counting, keyPage } from "../../platform/paging";
import { quotedPattern } from "../../platform/postgrest";
import { organizationId } from "../../platform/session";

export interface Tag {
  id: string;
  uid: string;
  label: string | null;
  tag_type: string | null;
  person_id: string | null;
  project_id: string | null;
  first_seen_at: string | null;
  archived_at: string | null;
  created_at: string;
  person: { id: string; name: string } | null;
  project: { id: string; name: string; color: string } | null;
  device: { id: string; name: string } | null;
}

const COLUMNS =
  "id, uid, label, tag_type, person_id, project_id, first_seen_at, archived_at, created_at, person:people!tags_person_id_organization_id_fkey(id, name), project:projects!tags_project_id_organization_id_fkey(id, name, color), device:devices!tags_first_seen_device_id_organization_id_fkey(id, name)";

export type TagKind = "unassigned" | "assigned" | "archived";

export interface TagFilter {
  kind: TagKind;
  text?: string;
  personId?: string;
  projectId?: string;
}

export function useTagPages(filter: TagFilter, everyMs?: number) {
  const { kind, text = "", personId = "", projectId = "" } = filter;
  return usePages<Tag>(
    `tags:${organizationId.value}:${kind}:${personId}:${projectId}:${text}`,
    async (after) => {
      let query = db()
        .from("tags")
        .select(COLUMNS, counting(after))
        .eq("organization_id", organizationId.peek());
      query = kind === "archived" ? query.not("archived_at", "is", null) : query.is("archived_at", null);
      if (kind === "unassigned") query = query.is("person_id", null).is("project_id", null);
      if (kind === "assigned") query = query.or("person_id.not.is.null,project_id.not.is.null");
      if (personId) query = query.eq("person_id", personId);
      if (projectId) query = query.eq("project_id", projectId);
      if (text.trim()) {
        const uid = uidPart(text);
        const byUid = uid ? `,uid.like.%${uid}%` : "";
        query = query.or(`label.ilike.${quotedPattern(likePattern(text))}${byUid}`);
      }
      return keyPage(query, { by: "created_at", newestFirst: true }, after) as Promise<Page<Tag>>;
    },
    everyMs ? { everyMs } : {},
  );
}

export function useTag(id: string) {
  return useQuery<Tag & Owned>(`tags:one:${id}`, async () => readTag(id));
}

export async function readTag(id: string): Promise<Tag & Owned> {
  return (await unwrap(
    db().from("tags").select(`${COLUMNS}, organization_id` as const).eq("id", id).single(),
  )) as Tag & Owned;
}

export function useUnassignedCount() {
  return useQuery<number>(
    `tags:count:${organizationId.value}`,
    async () => {
      const { count } = await unwrapCounted(
        db()
          .from("tags")
          .select("id", { count: "exact" })
          .eq("organization_id", organizationId.peek())
          .is("archived_at", null)
          .is("person_id", null)
          .is("project_id", null)
          .limit(1),
      );
      return count;
    },
    { everyMs: 15_000 },
  );
}

export async function saveTagLabel(id: string, label: string): Promise<void> {
  await done(
    db()
      .from("tags")
      .update({ label: label.trim() || null })
      .eq("id", id)
      .select("id")
      .single(),
  );
  invalidate("tags:", "events:");
}

export async function archiveTag(id: string, isArchived: boolean): Promise<void> {
  const archived_at = isArchived ? new Date().toISOString() : null;
  await done(db().from("tags").update({ archived_at }).eq("id", id).select("id").single());
  invalidate("tags:");
}

export interface Meaning {
  personId: string | null;
  projectId: string | null;
  /** null: from now on. */
  validFrom: string | null;
}

const relabelling = (id: string, { personId, projectId, validFrom }: Meaning) => ({
  tag_id: id,
  person_id: nullable(personId),
  project_id: nullable(projectId),
  ...(validFrom ? { valid_from: validFrom } : {}),
});

/** How many time entries relabelTag would change. */
export async function previewRelabelTag(id: string, meaning: Meaning): Promise<number> {
  const outcome = await unwrap(db().rpc("preview_relabel_tag", relabelling(id, meaning)));
  return (outcome as { entries_changed: number }).entries_changed;
}

export async function relabelTag(id: string, meaning: Meaning): Promise<number> {
  const outcome = await unwrap(db().rpc("relabel_tag", relabelling(id, meaning)));
  invalidate("tags:", "events:", "time:");
  return (outcome as { entries_changed: number }).entries_changed;
}

export interface Assignment {
  id: string;
  valid_from: string;
  person: { name: string } | null;
  project: { name: string } | null;
}

/** What the tag meant when, newest first. */
export function useAssignments(tagId: string) {
  return useQuery<Assignment[]>(`tags:assignments:${tagId}`, async () => {
    const rows = await unwrap(
      db()
        .from("tag_assignments")
        .select(
          "id, valid_from, person:people!tag_assignments_person_id_organization_id_fkey(name), project:projects!tag_assignments_project_id_organization_id_fkey(name)",
        )
        .eq("tag_id", tagId)
        .order("valid_from", { ascending: false })
        .limit(50),
    );
    return rows as Assignment[];
  });
}
