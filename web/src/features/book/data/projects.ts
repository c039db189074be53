import { useMemo } from "preact/hooks";
import { likePattern } from "../../../platform/text";
import { db, done, unwrap } from "../../../platform/client";
import type { Owned } from "../../../platform/home";
import { BY_NAME, counting, keyPage } from "../../../platform/paging";
import { usePages } from "../../../platform/pages";
import type { Choice } from "../../../ui/Picker";
import { invalidate, useQuery } from "../../../platform/query";
import { organizationId } from "../../../platform/session";

export interface Project {
  id: string;
  name: string;
  color: string;
  archived_at: string | null;
}

const COLUMNS = "id, name, color, archived_at";

export function useProjectPages(filter: { text: string; archived: boolean }) {
  return usePages<Project>(
    `projects:${organizationId.value}:${filter.archived}:${filter.text}`,
    async (after) => {
      let query = db()
        .from("projects")
        .select(COLUMNS, counting(after))
        .eq("organization_id", organizationId.peek());
      query = filter.archived ? query.not("archived_at", "is", null) : query.is("archived_at", null);
      if (filter.text.trim()) query = query.ilike("name", likePattern(filter.text));
      return keyPage<Project>(query, BY_NAME, after);
    },
  );
}

export function useProject(id: string) {
  return useQuery<Project & Owned>(`projects:one:${id}`, async () =>
    unwrap(db().from("projects").select(`${COLUMNS}, organization_id`).eq("id", id).single()),
  );
}

export async function chooseProjects(text: string): Promise<Choice[]> {
  let query = db()
    .from("projects")
    .select("id, name, color")
    .eq("organization_id", organizationId.peek())
    .is("archived_at", null);
  if (text.trim()) query = query.ilike("name", likePattern(text));
  return unwrap(query.order("name").limit(20));
}

export async function saveProject(
  id: string | null,
  input: { name: string; color: string },
): Promise<string> {
  const values = { name: input.name.trim(), color: input.color.toLowerCase() };
  const saved = await unwrap(
    id
      ? db().from("projects").update(values).eq("id", id).select("id").single()
      : db()
          .from("projects")
          .insert({ organization_id: organizationId.peek(), ...values })
          .select("id")
          .single(),
  );
  invalidate("projects:", "time:");
  return saved.id;
}

export async function archiveProject(id: string, isArchived: boolean): Promise<void> {
  const archived_at = isArchived ? new Date().toISOString() : null;
  await done(db().from("projects").update({ archived_at }).eq("id", id).select("id").single());
  invalidate("projects:");
}

/** Colour and name of every project that is not archived, by id. */
export function useProjectMap() {
  const { data } = useQuery<Project[]>(
    `projects:map:${organizationId.value}`,
    async () =>
      (await unwrap(
        db().from("projects").select(COLUMNS).eq("organization_id", organizationId.peek()).order("name").limit(1000),
      )) as Project[],
    { everyMs: 60_000 },
  );
  return useMemo(() => new Map(data?.map((project) => [project.id, project])), [data]);
}
