/** An entry as it stands in the fields of a form, and what of it was changed there. */
import type { EntryChanges } from "../data/entries";
import type { Choice } from "../../../ui/Picker";
import { addDays, dayOf, instantAt, minutesOfDay, toInstant, type Day, type Instant } from "../../../platform/dates";
import { formatTimeOfDay, parseTimeOfDay } from "../../../platform/durations";

/** What stands in the fields, as typed. */
export interface EntryDraft {
  person: Choice | null;
  project: Choice | null;
  day: Day;
  start: string;
  endDay: Day;
  end: string;
  note: string;
}

interface Times {
  started_at: Instant;
  ended_at: Instant | null;
}

export interface EntrySubject extends Times {
  person_id: string | null;
  person_name: string | null;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  note: string | null;
}

function timeFieldsOf(times: Times, zone: string): Pick<EntryDraft, "day" | "start" | "endDay" | "end"> {
  const time = (instant: Instant) => formatTimeOfDay(minutesOfDay(instant, zone));
  return {
    day: dayOf(times.started_at, zone),
    start: time(times.started_at),
    endDay: dayOf(times.ended_at ?? times.started_at, zone),
    end: times.ended_at ? time(times.ended_at) : "",
  };
}

export function draftOf(entry: EntrySubject, zone: string): EntryDraft {
  return {
    ...timeFieldsOf(entry, zone),
    person: entry.person_id ? { id: entry.person_id, name: entry.person_name ?? "?" } : null,
    project: entry.project_id
      ? { id: entry.project_id, name: entry.project_name ?? "?", color: entry.project_color ?? undefined }
      : null,
    note: entry.note ?? "",
  };
}

/** The instants that the fields mean, or null where they mean none. */
export function timesOf(draft: EntryDraft, zone: string, original?: Times): Times | null {
  const start = parseTimeOfDay(draft.start);
  const end = draft.end.trim() ? parseTimeOfDay(draft.end) : undefined;
  if (start === null || end === null || !draft.day) return null;
  // What was not touched keeps its seconds, and its side of a clock change.
  const kept = original && timeFieldsOf(original, zone);
  const started_at =
    kept && kept.day === draft.day && kept.start === draft.start
      ? original.started_at
      : toInstant(instantAt(draft.day, start, zone));
  if (end === undefined) return { started_at, ended_at: null };
  if (kept && original.ended_at && kept.endDay === draft.endDay && kept.end === draft.end) {
    return { started_at, ended_at: original.ended_at };
  }
  // An end at or before the start on the same day is on the next one: a night.
  const endDay = draft.endDay === draft.day && end <= start ? addDays(draft.day, 1) : draft.endDay;
  return { started_at, ended_at: toInstant(instantAt(endDay, end, zone)) };
}

/** Only what differs; null where the fields mean no time. */
export function changesOf(entry: EntrySubject, draft: EntryDraft, zone: string): EntryChanges | null {
  const times = timesOf(draft, zone, entry);
  if (!times) return null;
  const changes: EntryChanges = {};
  if (Date.parse(times.started_at) !== Date.parse(entry.started_at)) changes.started_at = times.started_at;
  if ((times.ended_at && Date.parse(times.ended_at)) !== (entry.ended_at && Date.parse(entry.ended_at))) {
    changes.ended_at = times.ended_at;
  }
  if ((draft.person?.id ?? null) !== entry.person_id) changes.person_id = draft.person?.id ?? null;
  if ((draft.project?.id ?? null) !== entry.project_id) changes.project_id = draft.project?.id ?? null;
  if (draft.note.trim() !== (entry.note ?? "")) changes.note = draft.note.trim() || null;
  return changes;
}

const isSame = (a: EntryDraft[keyof EntryDraft], b: EntryDraft[keyof EntryDraft]): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && a?.id === b?.id);

/** The entry was changed while somebody typed: what they touched stays, the other fields say what is so now. */
export function rebased(draft: EntryDraft, before: EntrySubject, now: EntrySubject, zone: string): EntryDraft {
  const seen = draftOf(before, zone);
  const fields = Object.keys(seen) as (keyof EntryDraft)[];
  const touched = fields.filter((field) => !isSame(draft[field], seen[field]));
  return { ...draftOf(now, zone), ...Object.fromEntries(touched.map((field) => [field, draft[field]])) };
}
