import type { Entry } from "../data/entries";

/** Where a day's view begins and ends, in milliseconds. */
export interface View {
  start: number;
  end: number;
}

/** A block as it is being moved, not saved yet. */
export interface Draft {
  id: string;
  start: number;
  end: number | null;
}

export interface LaneBlock {
  entry: Entry;
  start: number;
  end: number;
  /** Which of the rows of its lane, where entries overlap. */
  level: number;
}

export interface Lane {
  id: string;
  personId: string | null;
  name: string | null;
  blocks: LaneBlock[];
  levels: number;
  gaps: { start: number; end: number }[];
  overlaps: { start: number; end: number }[];
  /** Overlaps counted once. */
  seconds: number;
}

/** Shorter pauses are no gaps: nobody wants to be asked about them. */
const GAP_MS = 5 * 60_000;

/** The entries of a day, a lane for each person (or tag that nobody has), cut at the day's midnights. */
export function lanesOf(entries: readonly Entry[], bounds: View, now: number): Lane[] {
  const lanes = new Map<string, Lane>();
  const sorted = [...entries].sort((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at));
  for (const entry of sorted) {
    const start = Math.max(Date.parse(entry.started_at), bounds.start);
    const end = Math.min(entry.ended_at ? Date.parse(entry.ended_at) : now, bounds.end);
    if (end <= start) continue;
    const id = entry.person_id ?? `tag-${entry.tag_id}`;
    let lane = lanes.get(id);
    if (!lane) {
      const name = entry.person_name ?? entry.tag_label ?? entry.tag_uid;
      lane = { id, personId: entry.person_id, name, blocks: [], levels: 1, gaps: [], overlaps: [], seconds: 0 };
      lanes.set(id, lane);
    }
    const taken = new Set(lane.blocks.filter((block) => block.end > start).map((block) => block.level));
    let level = 0;
    while (taken.has(level)) level += 1;
    lane.levels = Math.max(lane.levels, level + 1);
    lane.blocks.push({ entry, start, end, level });
  }
  for (const lane of lanes.values()) measure(lane);
  return [...lanes.values()].sort(
    (a, b) =>
      Number(a.personId === null) - Number(b.personId === null) || (a.name ?? "").localeCompare(b.name ?? ""),
  );
}

function measure(lane: Lane): void {
  let reached = -Infinity;
  for (const { start, end } of lane.blocks) {
    if (reached !== -Infinity && start - reached >= GAP_MS) lane.gaps.push({ start: reached, end: start });
    if (start < reached) lane.overlaps.push({ start, end: Math.min(end, reached) });
    lane.seconds += Math.max(0, end - Math.max(start, reached)) / 1000;
    reached = Math.max(reached, end);
  }
}

const HOUR = 3_600_000;

/** Whole hours around what there is, and at least a working day. */
export function viewOf(lanes: readonly Lane[], bounds: View): View {
  let start = bounds.start + 7 * HOUR;
  let end = bounds.start + 18 * HOUR;
  for (const { blocks } of lanes) {
    for (const block of blocks) {
      start = Math.min(start, block.start - HOUR / 4);
      end = Math.max(end, block.end + HOUR / 4);
    }
  }
  const floor = (ms: number) => bounds.start + Math.floor((ms - bounds.start) / HOUR) * HOUR;
  return { start: Math.max(bounds.start, floor(start)), end: Math.min(bounds.end, floor(end + HOUR - 1)) };
}

/** To the nearest step of the clock. */
export const snap = (ms: number, minutes: number): number =>
  Math.round(ms / (minutes * 60_000)) * minutes * 60_000;
