import { Hand, MoreHorizontal, RotateCcw, Scissors, Square, Trash2, X } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { changeEntry, deleteEntry, restoreEntry, stopTimer } from "../../data/corrections";
import { useOwnPerson } from "../../data/people";
import { may, session } from "../../data/session";
import type { Entry, Flag } from "../../data/time";
import { t } from "../../i18n";
import { now } from "../../lib/clock";
import { formatDuration, formatTicking } from "../../lib/durations";
import { spacedUid } from "../../lib/text";
import { Button } from "../Button";
import { FlagWords } from "../FlagWords";
import { Icon } from "../Icon";
import { Menu, MenuItem } from "../Menu";
import { Notice } from "../Notice";
import { toast } from "../Toasts";
import { toastUndo } from "../undo";
import { changesOf, draftOf, EntryFields, type EntryDraft } from "./EntryForm";
import { EntryHistory } from "./EntryHistory";
import { REASONS, ReasonDialog } from "./ReasonDialog";
import { SplitDialog } from "./SplitDialog";

interface EntryEditorProps {
  entry: Entry;
  onClose?: () => void;
}

type Asking = "save" | "delete" | "split" | "restore" | "stop" | null;

/** An entry, to be seen and put right in place. */
export function EntryEditor({ entry, onClose }: EntryEditorProps) {
  const own = useOwnPerson(session.value?.user.id).data;
  const mayEdit = may("operator") || (own != null && own.id === entry.person_id);
  const [draft, setDraft] = useState<EntryDraft>(() => draftOf(entry));
  const [asking, setAsking] = useState<Asking>(null);
  useEffect(() => setDraft(draftOf(entry)), [entry.id, entry.version]);

  const changes = changesOf(entry, draft);
  const isChanged = changes === null || Object.keys(changes).length > 0;
  const flags: Flag[] = [...entry.flags, ...(entry.is_overlapping ? ["overlapping" as const] : [])];
  const ask = (what: Asking) => () => setAsking(what);
  const close = () => setAsking(null);

  return (
    <section class="panel" aria-label={t("entry.title")}>
      <div class="panel-head">
        <h2 class="number">{entry.is_running ? <Ticking since={entry.started_at} /> : formatDuration(entry.duration_seconds)}</h2>
        <div class="cluster-tight">
          {mayEdit && (
            <Menu
              label={t("common.more")}
              side="right"
              button={(props) => <Button variant="ghost" icon={MoreHorizontal} label={t("common.more")} {...props} />}
            >
              {(dismiss) => (
                <>
                  <MenuItem close={dismiss} onSelect={ask("split")}>
                    <Icon of={Scissors} />
                    {t("entry.split")}
                  </MenuItem>
                  {entry.is_running && (
                    <MenuItem close={dismiss} onSelect={ask("stop")}>
                      <Icon of={Square} />
                      {t("entry.stop")}
                    </MenuItem>
                  )}
                  {entry.source === "device" && entry.corrected_fields.length > 0 && (
                    <MenuItem close={dismiss} onSelect={ask("restore")}>
                      <Icon of={RotateCcw} />
                      {t("entry.toTaps")}
                    </MenuItem>
                  )}
                  <div class="menu-line" />
                  <MenuItem close={dismiss} onSelect={ask("delete")} danger>
                    <Icon of={Trash2} />
                    {t("entry.delete")}
                  </MenuItem>
                </>
              )}
            </Menu>
          )}
          {onClose && <Button variant="ghost" icon={X} label={t("common.close")} onClick={onClose} />}
        </div>
      </div>
      <form
        class="panel-body stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (changes && isChanged) setAsking("save");
        }}
      >
        {flags.length > 0 && (
          <Notice kind="attention">
            <FlagWords flags={flags} long />
          </Notice>
        )}
        <EntryFields draft={draft} onDraft={setDraft} disabled={!mayEdit} mayChoosePerson={may("operator")} />
        <p class="small faint">
          <Icon of={Hand} /> <Origin entry={entry} />
        </p>
        {mayEdit && isChanged && (
          <div class="cluster">
            <Button type="submit" variant="primary" disabled={changes === null}>
              {t("entry.save")}
            </Button>
            <Button onClick={() => setDraft(draftOf(entry))}>{t("common.cancel")}</Button>
          </div>
        )}
      </form>
      <EntryHistory entryId={entry.id} version={entry.version} />
      {asking === "save" && changes && (
        <ReasonDialog
          title={t("reason.title")}
          act={t("entry.save")}
          reasons={changes.project_id !== undefined ? ["reason.wrongProject", ...REASONS.change] : REASONS.change}
          onReason={async (reason) => toastUndo(t("entry.changed"), await changeEntry(entry, changes, reason))}
          onClose={close}
        />
      )}
      {asking === "delete" && (
        <ReasonDialog
          title={t("entry.deleteTitle")}
          act={t("entry.delete")}
          danger
          reasons={REASONS.delete}
          onReason={async (reason) => {
            toastUndo(t("entry.deleted"), await deleteEntry(entry, reason));
            onClose?.();
          }}
          onClose={close}
        />
      )}
      {asking === "restore" && (
        <ReasonDialog
          title={t("entry.toTaps")}
          act={t("entry.toTaps")}
          reasons={[]}
          onReason={async (reason) => {
            await restoreEntry(entry, reason);
            toast(t("entry.restored"));
          }}
          onClose={close}
        />
      )}
      {asking === "stop" && (
        <ReasonDialog
          title={t("entry.stop")}
          act={t("entry.stop")}
          reasons={REASONS.change}
          onReason={async (reason) => {
            await stopTimer(entry.id, entry.version, reason);
            toast(t("today.timerStopped"));
          }}
          onClose={close}
        />
      )}
      {asking === "split" && <SplitDialog entry={entry} onClose={close} />}
    </section>
  );
}

function Ticking({ since }: { since: string }) {
  return <span class="state-running">{formatTicking((now.value - Date.parse(since)) / 1000)}</span>;
}

function Origin({ entry }: { entry: Entry }) {
  const tag = entry.tag_label ?? (entry.tag_uid ? spacedUid(entry.tag_uid) : null);
  return (
    <>
      {entry.source === "manual"
        ? t("entry.byHand")
        : t("entry.from", { tag: tag ?? "?", device: entry.device_name ?? "?" })}
      {entry.source === "device" && entry.corrected_fields.length > 0 && ` · ${t("entry.corrected")}`}
    </>
  );
}
