import { describe, expect, it } from "vitest";
import { correctionsOf, isAsTapped, valuesBefore } from "./taking-back";

const entry = {
  source: "device" as const,
  corrected_fields: ["ended_at", "project_id"],
  started_at: "2026-11-20T08:00:00Z",
  ended_at: "2026-11-20T12:00:00Z",
  person_id: "mira",
  project_id: "crane",
  note: null,
};
const other = { started_at: "2026-11-20T09:00:00Z", ended_at: "2026-11-20T13:00:00Z", note: "Rain" };

describe("a correction that is taken back", () => {
  it("leaves the corrections before it, and lets follow the taps what did", () => {
    expect(valuesBefore(entry, other)).toEqual({ started_at: null, ended_at: entry.ended_at, note: null });
    expect(isAsTapped(entry)).toBe(false);
  });

  it("of time by hand puts back what was written", () => {
    const byHand = { ...entry, source: "manual" as const, corrected_fields: [] };
    expect(valuesBefore(byHand, other)).toEqual({ started_at: entry.started_at, ended_at: entry.ended_at, note: null });
    expect(isAsTapped(byHand)).toBe(false);
    expect(isAsTapped({ ...entry, corrected_fields: [] })).toBe(true);
  });

  it("knows what had been corrected", () => {
    expect(correctionsOf(entry)).toEqual({ ended_at: entry.ended_at, project_id: "crane" });
  });
});
