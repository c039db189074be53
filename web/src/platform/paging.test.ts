import { describe, expect, it } from "vitest";
import type { Answer } from "./client";
import { after, BY_ID, BY_NAME, counting, inOrder, keyPage } from "./paging";

const ROW = { id: "a1", name: 'Bean, "the"', raised_at: "2026-11-20T08:00:00+00:00" };

interface Noted extends PromiseLike<Answer<{ id: string }[] | null>> {
  asked: unknown[][];
  or: (filter: string) => this;
  order: (column: string, options?: object) => this;
  limit: (count: number) => this;
}

/** A request that notes what is asked of it. */
function request(rows: { id: string }[], count: number): Noted {
  const asked: unknown[][] = [];
  const query: Noted = Object.assign(Promise.resolve({ data: rows, error: null, status: 200, count }), {
    asked,
    or: (...given: unknown[]) => note("or", given),
    order: (...given: unknown[]) => note("order", given),
    limit: (...given: unknown[]) => note("limit", given),
  }) as Noted;
  const note = (what: string, given: unknown[]) => {
    asked.push([what, ...given]);
    return query;
  };
  return query;
}

describe("a page by key", () => {
  it("goes on after the last row, however it is called", () => {
    expect(after(BY_NAME, ROW)).toBe('name.gt."Bean, \\"the\\"",and(name.eq."Bean, \\"the\\"",id.gt.a1)');
    expect(after({ by: "raised_at", newestFirst: true }, ROW)).toBe(
      'raised_at.lt."2026-11-20T08:00:00+00:00",and(raised_at.eq."2026-11-20T08:00:00+00:00",id.gt.a1)',
    );
    expect(after({ by: "raised_at", newestFirst: true, idsGrow: true }, ROW)).toContain("id.lt.a1)");
    expect(after(BY_ID, { id: 7 })).toBe("id.lt.7");
  });

  it("has a total order and an end", () => {
    expect(inOrder(request([], 0), { by: "raised_at", newestFirst: true }, undefined, 20).asked).toEqual([
      ["order", "raised_at", { ascending: false }],
      ["order", "id", { ascending: true }],
      ["limit", 20],
    ]);
    expect(inOrder(request([], 0), BY_ID).asked).toEqual([["order", "id", { ascending: false }], ["limit", 50]]);
  });

  it("says how many there are only at first", async () => {
    expect(await keyPage(request([{ id: "b" }], 3), BY_NAME, undefined)).toEqual({ rows: [{ id: "b" }], count: 3 });
    expect(await keyPage(request([{ id: "b" }], 0), BY_NAME, ROW)).toEqual({ rows: [{ id: "b" }] });
    expect([counting(undefined), counting(ROW)]).toEqual([{ count: "exact" }, {}]);
  });
});
