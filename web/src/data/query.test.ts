import { Answer, settled, show } from "../testing/hooks";
import { describe, expect, it } from "vitest";
import { invalidate, useQuery } from "./query";

describe("a reading", () => {
  it("never keeps what one key asks for under another", async () => {
    const answers: Record<string, Answer<string>[]> = { "q:a": [], "q:b": [] };
    const ask = (key: string) => {
      const answer = new Answer<string>();
      answers[key]!.push(answer);
      return answer.promise;
    };
    const reader = (key: string) => useQuery(key, () => ask(key));
    const page = await show(reader, "q:a");
    invalidate("q:");
    // The page moves on while its question is under way, which is then asked again.
    await page.give("q:b");
    await settled(() => answers["q:a"]![0]!.give("old a"));
    expect([answers["q:a"]!.length, answers["q:b"]!.length]).toEqual([2, 1]);
    await settled(() => answers["q:a"]![1]!.give("new a"));
    await settled(() => answers["q:b"]![0]!.give("b"));
    expect(page.told.data).toBe("b");
    await page.give("q:a");
    expect(page.told.data).toBe("new a");
    page.leave();
  });
});
