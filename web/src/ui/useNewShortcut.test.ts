import { show } from "../testing/hooks";
import { describe, expect, it } from "vitest";
import { useNewShortcut } from "./useNewShortcut";

describe("n", () => {
  it("makes what the page stands for now", async () => {
    const made: string[] = [];
    const page = await show((person: string) => useNewShortcut(() => made.push(person), true), "anybody");
    await page.give("Mira");
    document.dispatchEvent(Object.assign(new Event("keydown"), { key: "n" }));
    expect(made).toEqual(["Mira"]);
    page.leave();
  });
});
