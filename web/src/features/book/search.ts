import { FolderKanban, UserRound } from "lucide-preact";
import { db, unwrap } from "../../platform/client";
import { FOUND_EACH, type Finder } from "../../platform/feature";
import { organizationId } from "../../platform/session";
import { likePattern } from "../../platform/text";
import { t } from "./words";

async function named(table: "people" | "projects", text: string): Promise<{ id: string; name: string }[]> {
  return unwrap(
    db()
      .from(table)
      .select("id, name")
      .eq("organization_id", organizationId.peek())
      .is("archived_at", null)
      .ilike("name", likePattern(text))
      .order("name")
      .limit(FOUND_EACH),
  );
}

export const finders: Finder[] = [
  {
    rank: 1,
    find: async (text) =>
      (await named("people", text)).map(({ id, name }) => ({
        id,
        name,
        href: `/people/${id}`,
        icon: UserRound,
        kind: t("search.person"),
      })),
  },
  {
    rank: 4,
    find: async (text) =>
      (await named("projects", text)).map(({ id, name }) => ({
        id,
        name,
        href: `/projects/${id}`,
        icon: FolderKanban,
        kind: t("search.project"),
      })),
  },
];
