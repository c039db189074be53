import { useRef } from "preact/hooks";
import { db, unwrap } from "../../platform/client";
import { useQuery } from "../../platform/query";
import { idsIn, type Line } from "../book/data/names";

// Columns of the log that hold the id of a row with a name of its own.
const NAMED = {
  people: { fields: ["person_id"], name: "name" },
  projects: { fields: ["project_id"], name: "name" },
  places: { fields: ["place_id"], name: "name" },
  devices: { fields: ["device_id", "first_seen_device_id"], name: "name" },
  tags: { fields: ["tag_id"], name: "label" },
} as const;

/** Names for everything that lines of the audit log speak of; deleted rows have none any more. */
export function useRowNames(lines: readonly (Line & { actor_kind: string; actor_id: string | null })[] | undefined) {
  const wanted = Object.entries(NAMED).map(([table, { fields, name }]) => {
    const ids = new Set(fields.flatMap((field) => idsIn(lines, field)));
    if (table === "devices") {
      for (const { actor_kind, actor_id } of lines ?? []) if (actor_kind === "device" && actor_id) ids.add(actor_id);
    }
    return { table: table as keyof typeof NAMED, name, ids: [...ids].sort().slice(0, 100) };
  });
  const key = wanted.map(({ ids }) => ids.join()).join(":");
  const { data } = useQuery<Record<string, string>>(key === "::::" ? null : `names:log:${key}`, async () => {
    const found = await Promise.all(
      wanted.filter(({ ids }) => ids.length > 0).map(async ({ table, name, ids }) => {
        const columns = table === "tags" ? "id, name:label, uid" : `id, ${name}`;
        return (await unwrap(db().from(table).select(columns).in("id", ids))) as unknown as {
          id: string;
          name: string | null;
          uid?: string;
        }[];
      }),
    );
    return Object.fromEntries(found.flat().map(({ id, name, uid }) => [id, name || uid || id]));
  });
  // While the names of the next page are read, those of the pages before stay.
  const last = useRef<Record<string, string>>({});
  if (data) last.current = data;
  return data ?? last.current;
}
