import { describe, expect, it } from "vitest";
import { tallyOf } from "./tally";

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the number of rows of a growing list", () => {
  it("is counted once, and what came since is added", async () => {
    let counted = 0;
    const tally = tallyOf(async () => (counted++, 120));
    expect(tally.of([7, 6, 5], 3)).toBeUndefined();
    await settled();
    expect(tally.of([7, 6, 5], 3)).toBe(120);
    expect(tally.of([9, 8, 7], 3)).toBe(122);
    expect(counted).toBe(1);
  });

  it("is counted again when more came than a page holds", async () => {
    let counted = 0;
    const tally = tallyOf(async () => 100 * ++counted);
    await settled();
    tally.of([3, 2, 1], 3);
    expect(tally.of([9, 8, 7], 3)).toBeUndefined();
    await settled();
    expect(tally.of([9, 8, 7], 3)).toBe(200);
  });

  it("is not known where counting failed, and nothing else fails with it", async () => {
    const tally = tallyOf(() => Promise.reject(new Error("too slow")));
    await settled();
    expect(tally.of([1], 50)).toBeUndefined();
  });
});
