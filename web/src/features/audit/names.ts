import { useRef } from "preact/hooks";
import { db, unwrap } from "../../platform/client";
import { useQuery } from "../../platform/query";
import { idsIn, type Line } from "../book/data/names";

interface Named {
  id: string;
  name: string | null;
  uid?: string;
}

// Columns of the log that hold the id of a row with a name of its own.
const NAMED = {
  people: ["person_id"],
  projects: ["project_id"],
  places: ["place_id"],
  devices: ["device_id", "first_seen_device_id"],
  tags: ["tag_id"],
} as const;

/** Names for everything that lines of the audit log speak of; deleted rows have none any more. */
export function useRowNames(lines: readonly (Line & { actor_kind: string; actor_id: string | null })[] | undefined) {
  const wanted = Object.entries(NAMED).map(([table, fields]) => {
    const ids = new Set(fields.flatMap((field) => idsIn(lines, field)));
    if (table === "devices") {
      for (const { actor_kind, actor_id } of lines ?? []) if (actor_kind === "device" && actor_id) ids.add(actor_id);
    }
    return { table: table as keyof typeof NAMED, ids: [...ids].sort().slice(0, 100) };
  });
  const key = wanted.map(({ ids }) => ids.join()).join(":");
  const { data } = useQuery<Record<string, string>>(key === "::::" ? null : `names:log:${key}`, async () => {
    const found = await Promise.all(
      wanted.filter(({ ids }) => ids.length > 0).map(({ table, ids }): Promise<Named[]> => {
        if (table === "tags") return unwrap(db().from(table).select("id, name:label, uid").in("id", ids));
        return unwrap(db().from(table).select("id, name").in("id", ids));
      }),
    );
    return Object.fromEntries(found.flat().map(({ id, name, uid }) => [id, name || uid || id]));
  });
  // While the names of the next page are read, those of the pages before stay.
  const last = useRef<Record<string, string>>({});
  if (data) last.current = data;
  return data ?? last.current;
}
