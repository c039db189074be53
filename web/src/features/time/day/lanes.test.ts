import { describe, expect, it } from "vitest";
import type { Entry } from "../data/entries";
import { dayBounds } from "../../../platform/dates";
import { lanesOf, snap, viewOf } from "./lanes";

const bounds = dayBounds("2026-11-20", "UTC");
const at = (time: string) => `2026-11-20T${time}:00Z`;

function entry(id: string, start: string, end: string | null, person: string | null = "mira"): Entry {
  return {
    id,
    person_id: person,
    person_name: person,
    tag_id: "tag",
    tag_label: null,
    tag_uid: "DD542A83",
    started_at: at(start),
    ended_at: end && at(end),
    flags: [],
  } as unknown as Entry;
}

describe("the lanes of a day", () => {
  it("show gaps from five minutes on, and count overlaps once", () => {
    const [lane] = lanesOf(
      [entry("c", "13:00", "15:00"), entry("a", "08:00", "10:00"), entry("b", "09:30", "11:00"), entry("d", "15:03", "16:00")],
      bounds,
      0,
    );
    expect(lane!.blocks.map(({ entry: { id }, level }) => [id, level])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 0],
      ["d", 0],
    ]);
    expect(lane!.levels).toBe(2);
    expect(lane!.gaps).toEqual([{ start: Date.parse(at("11:00")), end: Date.parse(at("13:00")) }]);
    expect(lane!.overlaps).toEqual([{ start: Date.parse(at("09:30")), end: Date.parse(at("10:00")) }]);
    expect(lane!.seconds).toBe((3 + 2) * 3600 + 57 * 60);
  });

  it("end what runs at now, and put tags that nobody has last", () => {
    const lanes = lanesOf(
      [entry("t", "07:00", "08:00", null), entry("r", "09:00", null)],
      bounds,
      Date.parse(at("09:30")),
    );
    expect(lanes.map(({ name }) => name)).toEqual(["mira", "DD542A83"]);
    expect(lanes[0]!.seconds).toBe(1800);
  });

  it("are seen from full hours around them, a working day at least", () => {
    const usual = viewOf(lanesOf([entry("a", "09:00", "10:00")], bounds, 0), bounds);
    expect([usual.start, usual.end]).toEqual([Date.parse(at("07:00")), Date.parse(at("18:00"))]);
    const early = viewOf(lanesOf([entry("a", "04:10", "22:50")], bounds, 0), bounds);
    expect([early.start, early.end]).toEqual([Date.parse(at("03:00")), bounds.end]);
  });

  it("snap to five minutes", () => {
    expect(snap(Date.parse(at("09:02")), 5)).toBe(Date.parse(at("09:00")));
    expect(snap(Date.parse(at("09:03")), 5)).toBe(Date.parse(at("09:05")));
  });
});
