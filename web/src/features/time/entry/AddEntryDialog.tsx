import { useState } from "preact/hooks";
import { addEntry } from "../data/corrections";
import { useOwnPerson } from "../../book/data/people";
import type { Choice } from "../../../ui/Picker";
import { Problem } from "../../../platform/problems";
import { may, session, zone } from "../../../platform/session";
import { t } from "../words";
import { dayOf, minutesOfDay, type Day } from "../../../platform/dates";
import { formatTimeOfDay } from "../../../platform/durations";
import { timesOf, type EntryDraft } from "./entry-draft";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toastUndo } from "../../../ui/undo";
import { useSubmit } from "../../../ui/useSubmit";
import { EntryFields } from "./EntryForm";
import { REASONS, ReasonField } from "./ReasonDialog";

interface AddEntryDialogProps {
  day: Day;
  person: Choice | null;
  /** A gap to fill, in milliseconds. */
  gap?: { start: number; end: number };
  onAdded?: (id: string) => void;
  onClose: () => void;
}

/** Time that no reader saw. */
export function AddEntryDialog({ day, person, gap, onAdded, onClose }: AddEntryDialogProps) {
  const own = useOwnPerson(session.value?.user.id).data;
  const time = (ms: number) => formatTimeOfDay(minutesOfDay(ms, zone.peek()));
  const [draft, setDraft] = useState<EntryDraft>(() => ({
    person,
    project: null,
    day: gap ? dayOf(gap.start, zone.peek()) : day,
    start: gap ? time(gap.start) : "",
    endDay: gap ? dayOf(gap.end, zone.peek()) : day,
    end: gap ? time(gap.end) : "",
    note: "",
  }));
  const [reason, setReason] = useState("");
  const chosen = draft.person ?? (person === null && own ? { id: own.id, name: own.name } : null);
  const { submit, isBusy, problem } = useSubmit(async () => {
    const times = timesOf(draft, zone.peek());
    if (!times) throw new Problem("invalid_value", 422);
    if (!chosen) throw new Problem("unknown_person", 422);
    const { id, undo } = await addEntry(
      {
        personId: chosen.id,
        projectId: draft.project?.id ?? null,
        startedAt: times.started_at,
        endedAt: times.ended_at,
        note: draft.note,
      },
      reason.trim(),
    );
    onClose();
    onAdded?.(id);
    toastUndo(t("entry.added"), undo);
  });
  return (
    <Dialog
      title={t("entry.addTitle")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("day.add")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <EntryFields
          draft={{ ...draft, person: chosen }}
          onDraft={setDraft}
          mayChoosePerson={may("operator")}
        />
        <ReasonField value={reason} onValue={setReason} reasons={REASONS.add} />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
