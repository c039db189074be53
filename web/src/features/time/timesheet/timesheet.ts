import type { Day } from "../../../platform/dates";

/** One row of the grid: a person or a project. */
export interface GridRow {
  id: string | null;
  name: string | null;
  colour?: string | null;
  cells: Map<string, GridCell>;
  seconds: number;
}

export interface GridCell {
  seconds: number;
  running: boolean;
  flagged: boolean;
}

export interface GridInput {
  id: string | null;
  name: string | null;
  colour?: string | null;
  day: Day;
  seconds: number;
  running?: boolean;
  flagged?: boolean;
}

/** Rows by name, those without one last; `columnOf` says under which column a day is summed. */
export function gridOf(
  input: readonly GridInput[],
  columnOf: (day: Day) => string,
): { rows: GridRow[]; totals: Map<string, number>; seconds: number } {
  const rows = new Map<string | null, GridRow>();
  const totals = new Map<string, number>();
  let seconds = 0;
  for (const each of input) {
    let row = rows.get(each.id);
    if (!row) {
      row = { id: each.id, name: each.name, colour: each.colour ?? null, cells: new Map(), seconds: 0 };
      rows.set(each.id, row);
    }
    const column = columnOf(each.day);
    const cell = row.cells.get(column) ?? { seconds: 0, running: false, flagged: false };
    cell.seconds += each.seconds;
    cell.running ||= each.running ?? false;
    cell.flagged ||= each.flagged ?? false;
    row.cells.set(column, cell);
    row.seconds += each.seconds;
    totals.set(column, (totals.get(column) ?? 0) + each.seconds);
    seconds += each.seconds;
  }
  const sorted = [...rows.values()].sort(
    (a, b) => Number(a.id === null) - Number(b.id === null) || (a.name ?? "").localeCompare(b.name ?? ""),
  );
  return { rows: sorted, totals, seconds };
}
