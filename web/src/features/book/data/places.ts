import { likePattern } from "../../../platform/text";
import { db, done, unwrap } from "../../../platform/client";
import { BY_NAME, counting, keyPage } from "../../../platform/paging";
import { usePages } from "../../../platform/pages";
import type { Choice } from "../../../ui/Picker";
import { invalidate } from "../../../platform/query";
import { organizationId } from "../../../platform/session";

export interface Place {
  id: string;
  name: string;
  archived_at: string | null;
  devices: { id: string; name: string }[];
}

export function usePlacePages(archived: boolean) {
  return usePages<Place>(`places:${organizationId.value}:${archived}`, async (after) => {
    let query = db()
      .from("places")
      .select(
        "id, name, archived_at, devices!devices_place_id_organization_id_fkey(id, name)",
        counting(after),
      )
      .eq("organization_id", organizationId.peek());
    query = archived ? query.not("archived_at", "is", null) : query.is("archived_at", null);
    return keyPage<Place>(query, BY_NAME, after);
  });
}

export async function choosePlaces(text: string): Promise<Choice[]> {
  let query = db()
    .from("places")
    .select("id, name")
    .eq("organization_id", organizationId.peek())
    .is("archived_at", null);
  if (text.trim()) query = query.ilike("name", likePattern(text));
  return unwrap(query.order("name").limit(20));
}

export async function savePlace(id: string | null, name: string): Promise<string> {
  const saved = await unwrap(
    id
      ? db().from("places").update({ name: name.trim() }).eq("id", id).select("id").single()
      : db()
          .from("places")
          .insert({ organization_id: organizationId.peek(), name: name.trim() })
          .select("id")
          .single(),
  );
  invalidate("places:", "devices:");
  return saved.id;
}

export async function archivePlace(id: string, isArchived: boolean): Promise<void> {
  const archived_at = isArchived ? new Date().toISOString() : null;
  await done(db().from("places").update({ archived_at }).eq("id", id).select("id").single());
  invalidate("places:");
}
