import { useState } from "preact/hooks";
import { alertWords } from "./AlertWords";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { toast } from "../../ui/Toasts";
import { useSubmit } from "../../ui/useSubmit";
import { acknowledgeAlert, clearAlert, type Alert } from "./data";
import { t } from "./words";

interface AlertDialogProps {
  alert: Alert;
  what: "acknowledge" | "clear";
  source: { name: string; at?: string } | undefined;
  onSettled: (settled: Alert) => void;
  onClose: () => void;
}

/** Enter is enough; a note is welcome. */
export function AlertDialog({ alert, what, source, onSettled, onClose }: AlertDialogProps) {
  const [notes, setNotes] = useState("");
  const { submit, isBusy, problem } = useSubmit(async () => {
    const settled = await (what === "acknowledge" ? acknowledgeAlert : clearAlert)(alert.id, notes);
    toast(t(what === "acknowledge" ? "alerts.acknowledged" : "alerts.cleared"));
    onSettled(settled);
    onClose();
  });
  return (
    <Dialog
      title={t(what === "acknowledge" ? "alerts.acknowledge" : "alerts.clear")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t(what === "acknowledge" ? "alerts.acknowledge" : "alerts.clear")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="strong">{alertWords(alert, source)}</p>
        {what === "clear" && <p class="soft">{t("alerts.clearText")}</p>}
        <Field label={t("alerts.note")} hint={t("alerts.noteHint")}>
          {(field) => (
            <input
              class="input"
              {...field}
              maxLength={2000}
              autoComplete="off"
              value={notes}
              onInput={(event) => setNotes(event.currentTarget.value)}
            />
          )}
        </Field>
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
