import { describe, expect, it } from "vitest";
import { daysToSplit, splitInstant } from "./split";

const ZONE = "Europe/Vienna";
const span = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) });
const at = (hours: number) => hours * 60;

describe("where an entry is split", () => {
  it("is on its day, or after midnight", () => {
    const night = span("2026-11-20T22:00:00+01:00", "2026-11-21T06:00:00+01:00");
    expect(splitInstant(night, at(23), ZONE)).toBe(Date.parse("2026-11-20T23:00:00+01:00"));
    expect(splitInstant(night, at(4), ZONE)).toBe(Date.parse("2026-11-21T04:00:00+01:00"));
    expect(splitInstant(night, at(7), ZONE)).toBeNull();
  });

  it("is the time on the wall in the nights in which clocks change", () => {
    const spring = span("2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00");
    expect(splitInstant(spring, at(4), ZONE)).toBe(Date.parse("2026-03-29T04:00:00+02:00"));
    const autumn = span("2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00");
    expect(splitInstant(autumn, at(4), ZONE)).toBe(Date.parse("2026-10-25T04:00:00+01:00"));
  });

  it("is on any day of a long entry, when that is said", () => {
    const long = span("2026-11-18T20:00:00+01:00", "2026-11-21T00:00:00+01:00");
    expect(daysToSplit(long, ZONE)).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
    expect(splitInstant(long, at(9), ZONE, "2026-11-20")).toBe(Date.parse("2026-11-20T09:00:00+01:00"));
    expect(splitInstant(long, at(9), ZONE, "2026-11-18")).toBeNull();
  });
});
