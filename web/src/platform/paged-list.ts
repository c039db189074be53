/** One long list as far as it was read: what comes late, twice or after a change still ends up right. */
import { asProblem, type Problem } from "./problems";

export const PAGE_SIZE = 50;

export interface Page<T> {
  rows: T[];
  /** How many the whole list has; only the first page needs to say. */
  count?: number;
}

/** Gets the last row there is (none for the first page) and returns at most PAGE_SIZE rows after it. */
export type LoadPage<T> = (after: T | undefined) => Promise<Page<T>>;

interface Reading<T> extends Page<T> {
  hasMore: boolean;
}

interface Change<T> {
  turn: number;
  change: (rows: T[]) => T[];
}

export class PagedList<T extends { id: string | number }> {
  rows: T[] | undefined;
  count: number | undefined;
  hasMore = false;
  problem: Problem | undefined;
  isLoadingMore = false;
  private reading = 0;
  // Readings and changes in the order in which they began.
  private turn = 0;
  private answeredTurn = 0;
  private changes: Change<T>[] = [];

  constructor(
    public loadPage: LoadPage<T>,
    private readonly onChange: () => void,
  ) {}

  get isReading(): boolean {
    return this.reading > 0;
  }

  /** Reads the first page and joins it with what is shown below; `isWhole`: reads again all that is shown. */
  async read(isWhole: boolean): Promise<void> {
    const turn = ++this.turn;
    this.reading += 1;
    try {
      const found = await readDown(this.loadPage, isWhole ? (this.rows?.length ?? 0) : 0);
      if (turn < this.answeredTurn) return;
      this.answeredTurn = turn;
      this.problem = undefined;
      const page = this.changedSince(turn, found);
      const below = this.below(page);
      if (!isWhole && below.length > 0 && this.hasChangedBelow(page)) void this.read(true);
      else this.take(page, below);
    } catch (error) {
      if (turn > this.answeredTurn) this.problem = asProblem(error);
    } finally {
      this.reading -= 1;
    }
    this.onChange();
  }

  async readMore(): Promise<void> {
    const last = this.rows?.at(-1);
    if (!last || this.isLoadingMore) return;
    this.isLoadingMore = true;
    this.onChange();
    try {
      const { rows } = await this.loadPage(last);
      // Unless the list ends elsewhere by now.
      if (this.rows?.at(-1)?.id === last.id) {
        this.rows = [...this.rows, ...without(rows, this.rows)];
        this.hasMore = rows.length >= PAGE_SIZE;
      }
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.isLoadingMore = false;
    this.onChange();
  }

  /** Changes what is shown before the server has confirmed it; returns what takes that back. */
  patch(change: (rows: T[]) => T[]): () => void {
    const before = this.rows;
    if (!before) return () => {};
    const made = { turn: ++this.turn, change };
    this.changes.push(made);
    this.show(change(before));
    const touched = before.filter((row) => !this.rows!.includes(row));
    return () => {
      this.changes = this.changes.filter((each) => each !== made);
      const rows = without(this.rows ?? [], touched);
      for (const row of touched) rows.splice(before.indexOf(row), 0, row);
      this.show(rows);
    };
  }

  private show(rows: T[]): void {
    if (this.count !== undefined) this.count += rows.length - (this.rows?.length ?? 0);
    this.rows = rows;
    this.onChange();
  }

  /** What was asked for before a change does not know of it. */
  private changedSince(turn: number, found: Reading<T>): Reading<T> {
    this.changes = this.changes.filter((each) => each.turn > turn);
    const rows = this.changes.reduce((all, { change }) => change(all), found.rows);
    const count = found.count === undefined ? undefined : found.count + rows.length - found.rows.length;
    return { rows, count, hasMore: found.hasMore };
  }

  /** The rows shown that come after the page, if it still joins them. */
  private below(page: Reading<T>): T[] {
    const last = page.rows.at(-1);
    const at = this.rows?.findIndex(({ id }) => id === last?.id) ?? -1;
    return page.hasMore && at >= 0 ? without(this.rows!.slice(at + 1), page.rows) : [];
  }

  /** Whether the page alone explains how many there are. */
  private hasChangedBelow(page: Reading<T>): boolean {
    if (this.count === undefined || page.count === undefined) return false;
    const last = page.rows.at(-1);
    const at = this.rows!.findIndex(({ id }) => id === last?.id);
    const added = without(page.rows, this.rows!).length;
    const gone = without(this.rows!.slice(0, at + 1), page.rows).length;
    return page.count !== this.count + added - gone;
  }

  private take(page: Reading<T>, below: T[]): void {
    this.hasMore = below.length > 0 ? this.hasMore : page.hasMore;
    this.rows = [...page.rows, ...below];
    this.count = page.count;
  }
}

/** Page after page, until there are so many rows or no more. */
async function readDown<T>(loadPage: LoadPage<T>, wanted: number): Promise<Reading<T>> {
  const { rows, count } = await loadPage(undefined);
  let hasMore = rows.length >= PAGE_SIZE;
  const all = [...rows];
  while (hasMore && all.length < wanted) {
    const next = await loadPage(all.at(-1));
    all.push(...next.rows);
    hasMore = next.rows.length >= PAGE_SIZE;
  }
  return { rows: all, count, hasMore };
}

function without<T extends { id: string | number }>(rows: T[], others: T[]): T[] {
  const ids = new Set(others.map(({ id }) => id));
  return rows.filter(({ id }) => !ids.has(id));
}
