import { useState } from "preact/hooks";
import { choosePeople } from "../../book/data/people";
import { chooseProjects } from "../../book/data/projects";
import { t } from "../words";
import { formatTimeOfDay, parseTimeOfDay } from "../../../platform/durations";
import type { EntryDraft } from "./entry-draft";
import { Field, TextField } from "../../../ui/Field";
import { Picker } from "../../../ui/Picker";
import "./entry.css";

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
