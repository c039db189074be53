import { asProblem } from "../platform/problems";
import { t } from "../platform/i18n";
import { problemWords } from "../platform/i18n/problems";
import { toast } from "./Toasts";

/** Takes something back; the reason says why. */
type Undo = (reason: string) => Promise<unknown>;

/** Says what was done and offers to take it back. */
export function toastUndo(text: string, undo: Undo): void {
  toast(text, () => {
    undo(t("reason.undone")).then(
      () => toast(t("common.undone")),
      (error: unknown) => toast(t("common.notUndone", { why: problemWords(asProblem(error)) })),
    );
  });
}

/** As toastUndo, for what is not time and has no reason. */
export function toastUndoSimple(text: string, undo: () => Promise<unknown>): void {
  toastUndo(text, async () => {
    await undo();
  });
}
