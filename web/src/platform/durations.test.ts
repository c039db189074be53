import { describe, expect, it } from "vitest";
import { decimalHours, formatDuration, formatTicking, formatTimeOfDay, parseTimeOfDay, unionSeconds } from "./durations";

describe("a duration", () => {
  it("reads as hours and minutes", () => {
    expect(formatDuration(0)).toBe("0 h 00");
    expect(formatDuration(7 * 3600 + 5 * 60)).toBe("7 h 05");
    expect(formatDuration(59 * 60 + 31)).toBe("1 h 00");
    expect(formatDuration(100 * 3600)).toBe("100 h 00");
    expect(formatDuration(-90 * 60)).toBe("−1 h 30");
  });

  it("ticks with seconds, and never below nothing", () => {
    expect(formatTicking(3849)).toBe("1:04:09");
    expect(formatTicking(-5)).toBe("0:00:00");
  });

  it("is decimal in files only", () => {
    expect(decimalHours(5400)).toBe("1.50");
  });
});

describe("a time of day", () => {
  it.each([
    ["9", 540],
    ["930", 570],
    ["9:30", 570],
    ["9.30", 570],
    ["9h30", 570],
    ["21:05", 1265],
    ["5 pm", 1020],
    ["12am", 0],
    ["12 pm", 720],
    ["9 Uhr", 540],
    ["24:00", 1440],
  ])("is read from %s", (text, minutes) => expect(parseTimeOfDay(text)).toBe(minutes));

  it.each(["", "25", "9:60", "13 pm", "0 am", "noon", "24:01", "9:3"])("is not read from %s", (text) =>
    expect(parseTimeOfDay(text)).toBeNull(),
  );

  it("is written with two digits each", () => expect(formatTimeOfDay(545)).toBe("09:05"));
});

describe("wall time", () => {
  it("counts what overlaps once", () => {
    const hour = 3_600_000;
    expect(unionSeconds([])).toBe(0);
    expect(
      unionSeconds([
        { start: 2 * hour, end: 4 * hour },
        { start: 0, end: 3 * hour },
        { start: hour, end: 2 * hour },
        { start: 6 * hour, end: 7 * hour },
      ]),
    ).toBe(5 * 3600);
  });
});
