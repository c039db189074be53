import { describe, expect, it } from "vitest";
import {
  addMonths,
  clipToDay,
  dayBounds,
  dayOf,
  daysBetween,
  firstDayOfWeek,
  instantAt,
  isDay,
  minutesOfDay,
  startOfWeek,
  toInstant,
} from "./dates";

const HOUR = 3_600_000;

describe("a day", () => {
  it("has 23 hours when clocks jump and 25 when they fall back", () => {
    const length = (day: string, zone: string) => {
      const { start, end } = dayBounds(day, zone);
      return (end - start) / HOUR;
    };
    expect(length("2026-03-29", "Europe/Vienna")).toBe(23);
    expect(length("2026-10-25", "Europe/Vienna")).toBe(25);
    expect(length("2026-03-08", "America/New_York")).toBe(23);
    expect(length("2026-11-01", "America/New_York")).toBe(25);
    expect(length("2026-11-20", "Europe/Vienna")).toBe(24);
  });

  it("depends on the zone", () => {
    expect(dayOf("2026-11-20T23:30:00Z", "Europe/Vienna")).toBe("2026-11-21");
    expect(dayOf("2026-11-20T23:30:00Z", "America/New_York")).toBe("2026-11-20");
  });

  it("is checked before it is believed", () => {
    expect(isDay("2026-11-20")).toBe(true);
    expect(isDay("2026-02-30")).toBe(false);
    expect(isDay("20.11.2026")).toBe(false);
    expect(isDay(undefined)).toBe(false);
  });
});

describe("a time on the wall", () => {
  it("goes there and back", () => {
    const at = instantAt("2026-11-20", 8 * 60 + 2, "Europe/Vienna");
    expect(toInstant(at)).toBe("2026-11-20T07:02:00.000Z");
    expect(minutesOfDay(at, "Europe/Vienna")).toBe(482);
  });

  it("that clocks skip moves on by the gap", () => {
    expect(toInstant(instantAt("2026-03-29", 150, "Europe/Vienna"))).toBe("2026-03-29T01:30:00.000Z");
  });

  it("of 24:00 is the next midnight", () => {
    expect(toInstant(instantAt("2026-11-20", 1440, "UTC"))).toBe("2026-11-21T00:00:00.000Z");
  });
});

describe("a week", () => {
  it("starts where the locale says", () => {
    expect(firstDayOfWeek("de-AT")).toBe(1);
    expect(firstDayOfWeek("en-US")).toBe(7);
    expect(startOfWeek("2026-11-20", "en-GB")).toBe("2026-11-16");
    expect(startOfWeek("2026-11-20", "en-US")).toBe("2026-11-15");
    expect(startOfWeek("2026-11-15", "en-US")).toBe("2026-11-15");
  });

  it("has its days, and months their ends", () => {
    expect(daysBetween("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
  });
});

describe("an entry over midnight", () => {
  const night = { started_at: "2026-11-20T21:00:00Z", ended_at: "2026-11-21T05:00:00Z" };
  it("is cut at both days", () => {
    const first = clipToDay(night, dayBounds("2026-11-20", "Europe/Vienna"), 0)!;
    const second = clipToDay(night, dayBounds("2026-11-21", "Europe/Vienna"), 0)!;
    expect((first.end - first.start) / HOUR).toBe(2);
    expect((second.end - second.start) / HOUR).toBe(6);
    expect(clipToDay(night, dayBounds("2026-11-22", "Europe/Vienna"), 0)).toBeNull();
  });

  it("of the night when clocks fall back lasts nine hours", () => {
    const autumn = { started_at: "2026-10-24T20:00:00Z", ended_at: "2026-10-25T05:00:00Z" };
    const spans = ["2026-10-24", "2026-10-25"].map((day) => clipToDay(autumn, dayBounds(day, "Europe/Vienna"), 0)!);
    expect(spans.reduce((sum, { start, end }) => sum + (end - start), 0) / HOUR).toBe(9);
  });
});
