import { describe, expect, it } from "vitest";
import type { Entry } from "../data/entries";
import { csv, entriesCsv } from "./export";

const entry = {
  id: "e1",
  person_name: '=HYPERLINK("x")',
  project_name: "Oak, kitchen",
  started_at: "2026-11-20T07:02:00Z",
  ended_at: "2026-11-20T15:32:00Z",
  duration_seconds: 30_600,
  source: "device",
  flags: ["removal_missed"],
  is_overlapping: true,
  device_name: "Desk",
  place_name: "Workshop; back",
  note: 'He said "no"\nand left',
  version: 3,
} as unknown as Entry;

describe("an exported file", () => {
  it("quotes what needs it, and starts with the mark of UTF-8", () => {
    expect(csv([["a", 'b"c', "d;e", null, 1.5]])).toBe('\uFEFFa,"b""c","d;e",,1.5\r\n');
  });

  it("has decimal hours and local times, and no formula", () => {
    const [, line] = entriesCsv([entry], "Europe/Vienna").split("\r\n");
    expect(line).toContain("'=HYPERLINK");
    expect(line).toContain("2026-11-20 08:02:00,2026-11-20 16:32:00,Europe/Vienna,8.5,device,removal_missed overlapping");
  });
});
