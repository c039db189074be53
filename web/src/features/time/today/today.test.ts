import { describe, expect, it } from "vitest";
import type { Block, PresentRow } from "../data/today";
import { dayBounds } from "../../../platform/dates";
import { attentionOf, beyondRoster, rowsOfToday, secondsOf } from "./today";

const bounds = dayBounds("2026-11-20", "UTC");
const block = (id: string, person: string | null, start: string, end: string | null): Block => ({
  id,
  person_id: person,
  project_id: null,
  tag_id: null,
  started_at: `2026-11-20T${start}:00Z`,
  ended_at: end && `2026-11-20T${end}:00Z`,
  limit_at: "2026-11-20T20:00:00Z",
  flags: [],
});

describe("today", () => {
  it("shows first who is in, then who was, then the others, then tags that nobody has", () => {
    const rows = rowsOfToday(
      [
        { id: "a", name: "Aylin" },
        { id: "b", name: "Bo" },
        { id: "c", name: "Cleo" },
      ],
      [{ person_id: "c", person_name: "Cleo" } as PresentRow],
      [block("1", "b", "08:00", "09:00"), block("2", null, "08:00", "09:00"), block("3", "c", "08:00", null)],
    );
    expect(rows.map(({ id }) => id)).toEqual(["c", "b", "a", null]);
  });

  it("names people whom the roster does not hold", () => {
    const roster = [{ id: "a", name: "Aylin" }];
    const blocks = [block("1", "z", "08:00", "09:00"), block("2", "a", "08:00", "09:00"), block("3", null, "08:00", null)];
    expect(beyondRoster(roster, blocks)).toEqual(["z"]);
    const rows = rowsOfToday(roster, [], blocks, { z: "Zoe" });
    expect(rows.map(({ name }) => name)).toEqual(["Aylin", "Zoe", null]);
  });

  it("says how much waits only when all of it is known", () => {
    expect(attentionOf(0, 0, undefined)).toBeUndefined();
    expect(attentionOf(2, 7, 12)).toBe(15);
    expect(attentionOf(0, 0, 0)).toBe(0);
  });

  it("counts what runs until now, and no longer than its limit", () => {
    const at = (time: string) => Date.parse(`2026-11-20T${time}:00Z`);
    const running = [block("1", "a", "08:00", null)];
    expect(secondsOf(running, bounds, at("09:30"))).toBe(5400);
    expect(secondsOf(running, bounds, at("23:00"))).toBe(12 * 3600);
    expect(secondsOf([...running, block("2", "a", "08:30", "09:00")], bounds, at("09:30"))).toBe(5400);
  });
});
