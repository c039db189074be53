import { Play, Square } from "lucide-preact";
import { useState } from "preact/hooks";
import { startTimer, stopTimer } from "../data/corrections";
import { useOwnPerson } from "../../book/data/people";
import type { Choice } from "../../../ui/Picker";
import { chooseProjects } from "../../book/data/projects";
import { session } from "../../../platform/session";
import type { PresentRow } from "../data/today";
import { t } from "../words";
import { actAtOnce } from "../../../ui/act";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { TextField } from "../../../ui/Field";
import { Picker } from "../../../ui/Picker";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { toastUndo } from "../../../ui/undo";

/** Starts and stops one's own time where there is no reader at hand. */
export function TimerButton({ present }: { present: PresentRow[] | undefined }) {
  const own = useOwnPerson(session.value?.user.id).data;
  const [isStarting, setStarting] = useState(false);
  const running = present?.find((row) => row.source === "manual" && row.person_id === own?.id);
  const { submit, isBusy } = useSubmit(() =>
    actAtOnce({
      act: () => stopTimer(running!.entry_id, running!.version, t("today.timerReason")),
      said: t("today.timerStopped"),
      undo: (undo) => undo(t("reason.undone")),
    }),
  );
  if (!own || !present) return null;
  return (
    <>
      {running ? (
        <Button icon={Square} busy={isBusy} onClick={submit}>
          {t("today.stopTimer")}
        </Button>
      ) : (
        <Button icon={Play} variant="primary" onClick={() => setStarting(true)}>
          {t("today.startTimer")}
        </Button>
      )}
      {isStarting && <StartDialog personId={own.id} onClose={() => setStarting(false)} />}
    </>
  );
}

function StartDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const [project, setProject] = useState<Choice | null>(null);
  const [note, setNote] = useState("");
  const { submit, isBusy, problem } = useSubmit(async () => {
    const undo = await startTimer(personId, project?.id ?? null, note);
    onClose();
    toastUndo(t("today.timerStarted"), undo);
  });
  return (
    <Dialog
      title={t("today.startTimer")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" icon={Play} busy={isBusy}>
            {t("today.startTimer")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField label={t("today.timerNote")} maxLength={2000} value={note} onValue={setNote} />
        <Picker
          label={t("search.project")}
          placeholder={t("time.noProject")}
          value={project}
          onValue={setProject}
          search={chooseProjects}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
