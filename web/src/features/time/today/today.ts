import type { Block, PresentRow } from "../data/today";
import { clipToDay } from "../../../platform/dates";
import { unionSeconds } from "../../../platform/durations";

/** A person's line on Today; `id` null: tags that nobody has. */
export interface TodayRow {
  id: string | null;
  name: string | null;
  present: PresentRow[];
  blocks: Block[];
}

/** Who is in comes first, then who was here, then the others; each by name. */
export function rowsOfToday(
  roster: readonly { id: string; name: string }[] | undefined,
  present: readonly PresentRow[] | undefined,
  blocks: readonly Block[] | undefined,
  names: Readonly<Record<string, string>> = {},
): TodayRow[] {
  const rows = new Map<string | null, TodayRow>();
  for (const { id, name } of roster ?? []) rows.set(id, { id, name, present: [], blocks: [] });
  const rowOf = (id: string | null, name: string | null) => {
    let row = rows.get(id);
    if (!row) rows.set(id, (row = { id, name, present: [], blocks: [] }));
    row.name ??= name;
    return row;
  };
  for (const each of present ?? []) rowOf(each.person_id, each.person_name).present.push(each);
  for (const block of blocks ?? []) rowOf(block.person_id, names[block.person_id ?? ""] ?? null).blocks.push(block);
  const rank = (row: TodayRow) => (row.id === null ? 3 : row.present.length ? 0 : row.blocks.length ? 1 : 2);
  return [...rows.values()].sort(
    (a, b) => rank(a) - rank(b) || (a.name ?? "").localeCompare(b.name ?? ""),
  );
}

/** People who have time today and are none of the roster: beyond its end, or archived. */
export function beyondRoster(
  roster: readonly { id: string }[] | undefined,
  blocks: readonly Pick<Block, "person_id">[] | undefined,
): string[] {
  if (!roster || !blocks) return [];
  const known = new Set(roster.map(({ id }) => id));
  const ids = new Set(blocks.map(({ person_id }) => person_id));
  return [...ids].filter((id) => id !== null && !known.has(id)).sort() as string[];
}

/** How much waits for somebody; undefined as long as one of the answers is missing. */
export function attentionOf(
  alerts: number | undefined,
  unassigned: number | undefined,
  silent: number | undefined,
): number | undefined {
  if (alerts === undefined || unassigned === undefined || silent === undefined) return undefined;
  // Tags that nobody has are one thing to do.
  return alerts + (unassigned > 0 ? 1 : 0) + silent;
}

/** The end that counts: an entry that nobody ended within its limit ends there. */
export function endOf(block: Pick<Block, "ended_at" | "limit_at">, now: number): string | null {
  if (block.ended_at) return block.ended_at;
  return Date.parse(block.limit_at) > now ? null : block.limit_at;
}

/** Time within the day, overlaps counted once, what runs until now. */
export function secondsOf(
  blocks: readonly Block[],
  bounds: { start: number; end: number },
  now: number,
): number {
  const spans = blocks.map((block) =>
    clipToDay({ started_at: block.started_at, ended_at: endOf(block, now) }, bounds, now),
  );
  return unionSeconds(spans.filter((span) => span !== null));
}
