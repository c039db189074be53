import { describe, expect, it } from "vitest";
import { changesOf, draftOf, rebased, type EntrySubject } from "./entry-draft";

const ZONE = "Europe/Vienna";
const running: EntrySubject = {
  started_at: "2026-11-20T07:00:12Z",
  ended_at: null,
  person_id: "mira",
  person_name: "Mira",
  project_id: null,
  project_name: null,
  project_color: null,
  note: null,
};
const closed: EntrySubject = { ...running, ended_at: "2026-11-20T11:00:00Z" };

describe("what is typed about an entry that changes meanwhile", () => {
  it("stays, over what is so now", () => {
    const draft = { ...draftOf(running, ZONE), note: "Crane", start: "8:05" };
    const after = rebased(draft, running, closed, ZONE);
    expect(after).toMatchObject({ note: "Crane", start: "8:05", end: "12:00" });
    expect(changesOf(closed, after, ZONE)).toEqual({ started_at: "2026-11-20T07:05:00.000Z", note: "Crane" });
  });

  it("is nothing where nobody typed, or where it is what was done", () => {
    const untouched = rebased(draftOf(running, ZONE), running, closed, ZONE);
    expect(changesOf(closed, untouched, ZONE)).toEqual({});
    const saved = rebased({ ...draftOf(running, ZONE), end: "12:00" }, running, closed, ZONE);
    expect(changesOf(closed, saved, ZONE)).toEqual({});
  });

  it("knows a person again by more than the words for it", () => {
    const draft = { ...draftOf(running, ZONE), person: { id: "mira", name: "Mira Novak" } };
    const theirs = { ...running, person_id: "bo", person_name: "Bo" };
    expect(rebased(draft, running, theirs, ZONE).person?.id).toBe("bo");
  });
});
