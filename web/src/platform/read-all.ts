import { unwrap, type Answer } from "./client";

/** As many rows as one answer holds at most (config.toml's max_rows). */
export const ANSWER_ROWS = 1000;

interface Ranged<Row> {
  range: (from: number, to: number) => PromiseLike<Answer<Row[] | null>>;
}

/** All rows of a request whose order is total, answer by answer. */
export async function readAll<Row>(request: () => Ranged<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await unwrap(request().range(rows.length, rows.length + ANSWER_ROWS - 1));
    rows.push(...page);
    if (page.length < ANSWER_ROWS) return rows;
  }
}
