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
    const stays = await show(reader, "q:a");
    const moves = await show(reader, "q:a");
    await moves.give("q:b");
    // Asked again while a question was under way.
    invalidate("q:a");
    await settled(() => answers["q:a"]![0]!.give("old a"));
    await settled(() => answers["q:a"]![1]?.give("new a"));
    await settled(() => answers["q:b"]!.forEach((answer) => answer.give("b")));
    expect([stays.told.data, moves.told.data]).toEqual(["new a", "b"]);
    stays.leave();
    moves.leave();
  });

  it("is asked for once by all who come at once", async () => {
    const asked: Answer<string>[] = [];
    const reader = () =>
      useQuery("together", () => {
        asked.push(new Answer<string>());
        return asked.at(-1)!.promise;
      });
    const pages = [await show(reader, undefined), await show(reader, undefined)];
    await settled(() => asked[0]!.give("read"));
    expect(pages.map(({ told }) => told.data)).toEqual(["read", "read"]);
    expect(asked).toHaveLength(1);
    pages.forEach((page) => page.leave());
  });

  it("is not asked for again when nobody looks any more, but when somebody does", async () => {
    const asked: Answer<string>[] = [];
    const reader = (key: string | null) =>
      useQuery(key, () => {
        asked.push(new Answer<string>());
        return asked.at(-1)!.promise;
      });
    const page = await show(reader, "one" as string | null);
    invalidate("one");
    await page.give(null);
    await settled(() => asked[0]!.give("old"));
    expect(asked).toHaveLength(1);
    await page.give("one");
    await settled(() => asked[1]!.give("new"));
    expect(page.told.data).toBe("new");
    page.leave();
  });
});
