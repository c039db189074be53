import { settled, show } from "../testing/hooks";
import { describe, expect, it } from "vitest";
import { usePages } from "./pages";

interface Row {
  id: string;
}

const people: Record<string, Row[]> = { active: [{ id: "Mira" }, { id: "Jonas" }], archived: [{ id: "Ada" }] };
const reader = (tab: string) => usePages<Row>(tab, async () => ({ rows: people[tab]!, count: people[tab]!.length }));

describe("a list behind tabs", () => {
  it("puts nothing back where it never was", async () => {
    const page = await show(reader, "active");
    let takeBack = () => {};
    await settled(() => (takeBack = page.told.patch((rows) => rows.filter(({ id }) => id !== "Mira"))));
    expect([page.told.rows, page.told.count]).toEqual([[{ id: "Jonas" }], 1]);
    await page.give("archived");
    await settled(takeBack);
    expect([page.told.rows, page.told.count]).toEqual([[{ id: "Ada" }], 1]);
    page.leave();
  });

  it("is read again as it is shown, by whoever asked for it before", async () => {
    const page = await show(reader, "active");
    const { reload } = page.told;
    await page.give("archived");
    people["archived"] = [];
    await settled(reload);
    expect(page.told.rows).toEqual([]);
    page.leave();
  });
});
