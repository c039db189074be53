import { changeEntry, deleteEntry, restoreEntry, stopTimer } from "../data/corrections";
import type { Entry, EntryChanges } from "../data/entries";
import { t } from "../words";
import { toast } from "../../../ui/Toasts";
import { toastUndo } from "../../../ui/undo";
import { REASONS, ReasonDialog } from "./ReasonDialog";
import { SplitDialog } from "./SplitDialog";

/** An act on an entry as it was when the question was asked: the server refuses if it is another one by then. */
export type Asked =
  | { what: "save"; entry: Entry; changes: EntryChanges }
  | { what: "delete" | "split" | "restore" | "stop"; entry: Entry };

interface EntryDialogsProps {
  asked: Asked;
  onDeleted: (() => void) | undefined;
  onClose: () => void;
}

/** Asks why, and does it. */
export function EntryDialogs({ asked, onDeleted, onClose }: EntryDialogsProps) {
  const { entry } = asked;
  if (asked.what === "split") return <SplitDialog entry={entry} onClose={onClose} />;
  if (asked.what === "save") {
    const { changes } = asked;
    return (
      <ReasonDialog
        title={t("reason.title")}
        act={t("entry.save")}
        reasons={changes.project_id !== undefined ? ["reason.wrongProject", ...REASONS.change] : REASONS.change}
        onReason={async (reason) => toastUndo(t("entry.changed"), await changeEntry(entry, changes, reason))}
        onClose={onClose}
      />
    );
  }
  if (asked.what === "delete") {
    return (
      <ReasonDialog
        title={t("entry.deleteTitle")}
        act={t("entry.delete")}
        danger
        reasons={REASONS.delete}
        onReason={async (reason) => {
          toastUndo(t("entry.deleted"), await deleteEntry(entry, reason));
          onDeleted?.();
        }}
        onClose={onClose}
      />
    );
  }
  if (asked.what === "restore") {
    return (
      <ReasonDialog
        title={t("entry.toTaps")}
        act={t("entry.toTaps")}
        reasons={[]}
        onReason={async (reason) => {
          const undo = await restoreEntry(entry, reason);
          if (undo) toastUndo(t("entry.restored"), undo);
          else toast(t("entry.restored"));
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <ReasonDialog
      title={t("entry.stop")}
      act={t("entry.stop")}
      reasons={REASONS.change}
      onReason={async (reason) => toastUndo(t("today.timerStopped"), await stopTimer(entry.id, entry.version, reason))}
      onClose={onClose}
    />
  );
}
