import { useState } from "preact/hooks";
import { splitEntry } from "../data/corrections";
import type { Choice } from "../../../ui/Picker";
import { chooseProjects } from "../../book/data/projects";
import { Problem } from "../../../platform/problems";
import { zone } from "../../../platform/session";
import type { Entry } from "../data/entries";
import { t } from "../words";
import { dayOf, minutesOfDay, toInstant } from "../../../platform/dates";
import { formatTimeOfDay, parseTimeOfDay } from "../../../platform/durations";
import { daysToSplit, splitInstant } from "./split";
import { TextField } from "../../../ui/Field";
import { Picker } from "../../../ui/Picker";
import { toastUndo } from "../../../ui/undo";
import { REASONS, ReasonDialog } from "./ReasonDialog";

/** Two entries out of one: a break, or another project from a time on. */
export function SplitDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const start = Date.parse(entry.started_at);
  const end = entry.ended_at ? Date.parse(entry.ended_at) : Date.now();
  const middle = start + Math.round((end - start) / 2 / 300_000) * 300_000;
  const days = daysToSplit({ start, end }, zone.peek());
  const hasDay = days.length > 2;
  const [day, setDay] = useState(() => dayOf(middle, zone.peek()));
  const [at, setAt] = useState(() => formatTimeOfDay(minutesOfDay(middle, zone.peek())));
  const [project, setProject] = useState<Choice | null>(null);

  const instant = (): number => {
    const minutes = parseTimeOfDay(at);
    const found = minutes === null ? null : splitInstant({ start, end }, minutes, zone.peek(), hasDay ? day : undefined);
    if (found === null) throw new Problem("split_outside", 422);
    return found;
  };

  return (
    <ReasonDialog
      title={t("entry.splitTitle")}
      act={t("entry.split")}
      reasons={REASONS.split}
      onReason={async (reason) => {
        const undo = await splitEntry(entry, toInstant(instant()), project?.id ?? null, reason);
        toastUndo(t("entry.splitDone"), undo);
      }}
      onClose={onClose}
    >
      <div class="fields">
        {hasDay && (
          <TextField
            label={t("entry.splitDay")}
            type="date"
            required
            min={days[0]}
            max={days[days.length - 1]}
            value={day}
            onValue={setDay}
          />
        )}
        <TextField label={t("entry.splitAt")} required autoComplete="off" value={at} onValue={setAt} />
        <Picker
          label={t("entry.splitProject")}
          placeholder={t("entry.sameProject")}
          value={project}
          onValue={setProject}
          search={chooseProjects}
        />
      </div>
    </ReasonDialog>
  );
}
