import { useState } from "preact/hooks";
import type { EntryChanges } from "../../data/corrections";
import { choosePeople, type Choice } from "../../data/people";
import { chooseProjects } from "../../data/projects";
import { zone } from "../../data/session";
import { t } from "../../i18n";
import { addDays, dayOf, instantAt, minutesOfDay, toInstant, type Day } from "../../lib/dates";
import { formatTimeOfDay, parseTimeOfDay } from "../../lib/durations";
import { Field, TextField } from "../Field";
import { Picker } from "../Picker";

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
  started_at: string;
  ended_at: string | null;
}

export interface EntrySubject extends Times {
  person_id: string | null;
  person_name: string | null;
  project_id: string | null;
  project_name: string | null;
  project_color: string | null;
  note: string | null;
}

export function draftOf(entry: EntrySubject): EntryDraft {
  const at = zone.peek();
  const time = (instant: string) => formatTimeOfDay(minutesOfDay(instant, at));
  return {
    person: entry.person_id ? { id: entry.person_id, name: entry.person_name ?? "?" } : null,
    project: entry.project_id
      ? { id: entry.project_id, name: entry.project_name ?? "?", color: entry.project_color ?? undefined }
      : null,
    day: dayOf(entry.started_at, at),
    start: time(entry.started_at),
    endDay: dayOf(entry.ended_at ?? entry.started_at, at),
    end: entry.ended_at ? time(entry.ended_at) : "",
    note: entry.note ?? "",
  };
}

/** The instants that the fields mean, or null where they mean none. */
export function timesOf(draft: EntryDraft, original?: Times): Times | null {
  const start = parseTimeOfDay(draft.start);
  const end = draft.end.trim() ? parseTimeOfDay(draft.end) : undefined;
  if (start === null || end === null || !draft.day) return null;
  const at = zone.peek();
  // What was not touched keeps its seconds, and its side of a clock change.
  const kept = original && draftOf({ ...original, person_id: null, person_name: null, project_id: null, project_name: null, project_color: null, note: null });
  const started_at =
    kept && kept.day === draft.day && kept.start === draft.start
      ? original.started_at
      : toInstant(instantAt(draft.day, start, at));
  if (end === undefined) return { started_at, ended_at: null };
  if (kept && original.ended_at && kept.endDay === draft.endDay && kept.end === draft.end) {
    return { started_at, ended_at: original.ended_at };
  }
  // An end at or before the start on the same day is on the next one: a night.
  const endDay = draft.endDay === draft.day && end <= start ? addDays(draft.day, 1) : draft.endDay;
  return { started_at, ended_at: toInstant(instantAt(endDay, end, at)) };
}

/** Only what differs. */
export function changesOf(entry: EntrySubject, draft: EntryDraft): EntryChanges | null {
  const times = timesOf(draft, entry);
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

interface EntryFieldsProps {
  draft: EntryDraft;
  onDraft: (draft: EntryDraft) => void;
  disabled?: boolean;
  mayChoosePerson: boolean;
}

/** Start on the left, end on the right, the rest below. */
export function EntryFields({ draft, onDraft, disabled, mayChoosePerson }: EntryFieldsProps) {
  const [touched, setTouched] = useState(false);
  const set = (changes: Partial<EntryDraft>) => onDraft({ ...draft, ...changes });
  const bad = (text: string) => touched && text.trim() !== "" && parseTimeOfDay(text) === null;
  const tidy = (text: string) => {
    setTouched(true);
    const minutes = parseTimeOfDay(text);
    return minutes === null ? text : formatTimeOfDay(minutes % 1440);
  };
  return (
    <fieldset class="stack" disabled={disabled}>
      <div class="fields fields-always">
        <TextField
          label={t("entry.start")}
          required
          autoComplete="off"
          inputMode="text"
          class="input number"
          value={draft.start}
          error={bad(draft.start) ? t("entry.badTime") : undefined}
          onValue={(start) => set({ start })}
          onBlur={() => set({ start: tidy(draft.start) })}
        />
        <TextField
          label={t("entry.end")}
          autoComplete="off"
          inputMode="text"
          class="input number"
          placeholder={t("entry.runningHint")}
          value={draft.end}
          error={bad(draft.end) ? t("entry.badTime") : undefined}
          onValue={(end) => set({ end })}
          onBlur={() => set({ end: draft.end.trim() && tidy(draft.end) })}
        />
        <TextField
          label={t("entry.startDay")}
          type="date"
          required
          value={draft.day}
          onValue={(day) => set({ day, endDay: draft.endDay === draft.day || draft.endDay < day ? day : draft.endDay })}
        />
        <TextField
          label={t("entry.endDay")}
          type="date"
          min={draft.day}
          value={draft.endDay}
          onValue={(endDay) => set({ endDay })}
        />
      </div>
      {mayChoosePerson && (
        <Picker
          label={t("entry.person")}
          placeholder={t("entry.choosePerson")}
          value={draft.person}
          onValue={(person) => set({ person })}
          search={choosePeople}
        />
      )}
      <Picker
        label={t("entry.project")}
        placeholder={t("time.noProject")}
        value={draft.project}
        onValue={(project) => set({ project })}
        search={chooseProjects}
      />
      <Field label={t("entry.note")}>
        {(field) => (
          <textarea
            class="input"
            {...field}
            rows={2}
            maxLength={2000}
            value={draft.note}
            onInput={(event) => set({ note: event.currentTarget.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
