import { unwrap } from "./client";

/** As many rows as one answer holds at most (config.toml's max_rows). */
export const ANSWER_ROWS = 1000;

interface Ranged extends PromiseLike<unknown> {
  range(from: number, to: number): PromiseLike<unknown>;
}

/** All rows of a request whose order is total, answer by answer. */
export async function readAll<T>(request: () => unknown): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const answer = (request() as Ranged).range(rows.length, rows.length + ANSWER_ROWS - 1);
    const page = (await unwrap(answer as unknown as Parameters<typeof unwrap>[0])) as T[];
    rows.push(...page);
    if (page.length < ANSWER_ROWS) return rows;
  }
}
