import { useRef } from "preact/hooks";
import { db, unwrap } from "../../../platform/client";
import { useQuery } from "../../../platform/query";

/** A line of a log, with what it changed. */
export interface Line {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export function idsIn(lines: readonly Line[] | undefined, field: string): string[] {
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

/** Ids that fit into one address. */
const IDS_AT_ONCE = 100;

/** Names of people by id, however many they are, archived ones too. */
export function useNamesOf(personIds: readonly string[]): Record<string, string> {
  const key = personIds.length ? `people:names:${personIds.join()}` : null;
  const { data } = useQuery<Record<string, string>>(key, async () => {
    const starts = Array.from({ length: Math.ceil(personIds.length / IDS_AT_ONCE) }, (_, at) => at * IDS_AT_ONCE);
    const found = await Promise.all(
      starts.map((start) =>
        unwrap(db().from("people").select("id, name").in("id", personIds.slice(start, start + IDS_AT_ONCE))),
      ),
    );
    return Object.fromEntries(found.flat().map(({ id, name }) => [id, name]));
  });
  // While the name of somebody new is read, the others stay.
  const last = useRef<Record<string, string>>({});
  if (data) last.current = data;
  return data ?? last.current;
}
