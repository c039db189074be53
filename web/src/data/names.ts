import { db, unwrap } from "./client";
import { useQuery } from "./query";

interface Line {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

function idsIn(lines: readonly Line[] | undefined, field: string): string[] {
  const ids = new Set<string>();
  for (const { before, after } of lines ?? []) {
    for (const value of [before?.[field], after?.[field]]) if (typeof value === "string") ids.add(value);
  }
  return [...ids].sort().slice(0, 100);
}

/** Names for the ids of people and projects that lines of a log speak of. */
export function usePersonNames(lines: readonly Line[] | undefined): Record<string, string> {
  const people = idsIn(lines, "person_id");
  const projects = idsIn(lines, "project_id");
  const key = people.length + projects.length ? `names:${people.join()}:${projects.join()}` : null;
  const { data } = useQuery<Record<string, string>>(key, async () => {
    const [foundPeople, foundProjects] = await Promise.all([
      people.length ? unwrap(db().from("people").select("id, name").in("id", people)) : [],
      projects.length ? unwrap(db().from("projects").select("id, name").in("id", projects)) : [],
    ]);
    return Object.fromEntries([...foundPeople, ...foundProjects].map(({ id, name }) => [id, name]));
  });
  return data ?? {};
}
