import { describe, expect, it } from "vitest";
import { Answer } from "../testing/hooks";
import { PAGE_SIZE, PagedList, type Page } from "./paged-list";

interface Row {
  id: number;
  name: string;
}

/** A server's list, ordered by id, that may change at any time. */
function listOf(ids: number[]) {
  const server = { rows: ids.map((id) => ({ id, name: `${id}` })) };
  const loadPage = async (after: Row | undefined): Promise<Page<Row>> => {
    const rows = server.rows.filter(({ id }) => !after || id > after.id).slice(0, PAGE_SIZE);
    return { rows, ...(after ? {} : { count: server.rows.length }) };
  };
  const list = new PagedList<Row>(loadPage, () => {});
  const remove = (id: number) => (server.rows = server.rows.filter((row) => row.id !== id));
  return { server, list, remove };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const idsOf = (list: PagedList<Row>) => list.rows!.map(({ id }) => id);
const notRow = (id: number) => (rows: Row[]) => rows.filter((row) => row.id !== id);
const settled = () => new Promise((done) => setTimeout(done));

describe("a long list", () => {
  it("drops what is gone below its first page", async () => {
    for (const length of [120, 101, 100]) {
      const { list, remove } = listOf(range(0, length));
      await list.read(false);
      await list.readMore();
      remove(80);
      await list.read(false);
      await settled();
      expect(idsOf(list)).not.toContain(80);
      expect(list.count).toBe(length - 1);
    }
  });

  it("keeps nothing below when all of it fits into one page", async () => {
    const { list, server } = listOf(range(0, 70));
    await list.read(false);
    await list.readMore();
    server.rows = server.rows.slice(40, 60);
    await list.read(false);
    expect(idsOf(list)).toEqual(range(40, 60));
    expect(list.hasMore).toBe(false);
  });

  it("keeps what is shown when something new comes on top, and asks for no more than one page", async () => {
    const { list, server } = listOf(range(10, 130));
    await list.read(false);
    await list.readMore();
    server.rows = [{ id: 1, name: "new" }, ...server.rows];
    let asked = 0;
    const { loadPage } = list;
    list.loadPage = (after) => ((asked += 1), loadPage(after));
    await list.read(false);
    expect(idsOf(list)).toEqual([1, ...range(10, 110)]);
    expect([asked, list.count, list.hasMore]).toEqual([1, 121, true]);
  });

  it("counts what was taken out and put back", async () => {
    const { list } = listOf(range(0, 60));
    await list.read(false);
    const takeBack = list.patch(notRow(3));
    expect([list.count, list.rows!.length]).toEqual([59, 49]);
    takeBack();
    expect([list.count, idsOf(list)]).toEqual([60, range(0, 50)]);
  });

  it("takes back one change alone", async () => {
    const { list } = listOf([1, 2, 3]);
    await list.read(false);
    const takeBack = list.patch((rows) => rows.map((row) => (row.id === 2 ? { ...row, name: "two" } : row)));
    list.patch(notRow(3));
    takeBack();
    expect(list.rows).toEqual([
      { id: 1, name: "1" },
      { id: 2, name: "2" },
    ]);
  });

  it("does not let an answer from before a change undo it", async () => {
    const { list } = listOf([1, 2, 3]);
    await list.read(false);
    const late = new Answer<Page<Row>>();
    list.loadPage = () => late.promise;
    const reading = list.read(false);
    list.patch(notRow(2));
    late.give({ rows: [1, 2, 3].map((id) => ({ id, name: "late" })), count: 3 });
    await reading;
    expect([idsOf(list), list.rows![0]!.name, list.count]).toEqual([[1, 3], "late", 2]);
  });

  it("drops an answer that is older than what it shows", async () => {
    const { list } = listOf([]);
    const late = new Answer<Page<Row>>();
    list.loadPage = () => late.promise;
    const older = list.read(false);
    list.loadPage = async () => ({ rows: [{ id: 2, name: "new" }], count: 1 });
    await list.read(false);
    late.give({ rows: [{ id: 1, name: "old" }], count: 1 });
    await older;
    expect(idsOf(list)).toEqual([2]);
  });
});
