import { Hand, MoreHorizontal, RotateCcw, Scissors, Square, Trash2, X } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { useMayChange } from "../../book/data/people";
import { may } from "../../../platform/session";
import type { Entry, Flag } from "../data/entries";
import { t } from "../words";
import { now } from "../../../platform/clock";
import { formatDuration, formatTicking } from "../../../platform/durations";
import { spacedUid } from "../../../platform/text";
import { Button } from "../../../ui/Button";
import { FlagWords } from "./FlagWords";
import { Icon } from "../../../ui/Icon";
import { Menu, MenuItem } from "../../../ui/Menu";
import { Notice } from "../../../ui/Notice";
import { EntryDialogs, type Asked } from "./EntryDialogs";
import { EntryFields } from "./EntryForm";
import { EntryHistory } from "./EntryHistory";
import { useEntryDraft } from "./useEntryDraft";

interface EntryEditorProps {
  entry: Entry;
  onClose?: () => void;
  /** Whether something is typed or asked that must not vanish with the entry. */
  onHold?: (isHeld: boolean) => void;
}

/** An entry, to be seen and put right in place. */
export function EntryEditor({ entry, onClose, onHold }: EntryEditorProps) {
  const mayEdit = useMayChange(entry.person_id);
  const { draft, changes, isChanged, isOvertaken, setDraft, takeEntry } = useEntryDraft(entry);
  const [asked, setAsked] = useState<Asked>();
  const isHeld = asked !== undefined || isChanged;
  useEffect(() => onHold?.(isHeld), [isHeld]);
  useEffect(() => () => onHold?.(false), []);

  const flags: Flag[] = [...entry.flags, ...(entry.is_overlapping ? ["overlapping" as const] : [])];
  const ask = (what: Exclude<Asked["what"], "save">) => () => setAsked({ what, entry });

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
          if (changes && isChanged) setAsked({ what: "save", entry, changes });
        }}
      >
        {isOvertaken && (
          <Notice kind="attention">
            <div class="stack-tight">
              <p>{t("entry.overtaken")}</p>
              <div>
                <Button small onClick={takeEntry}>
                  {t("entry.takeNew")}
                </Button>
              </div>
            </div>
          </Notice>
        )}
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
            <Button onClick={takeEntry}>{t("common.cancel")}</Button>
          </div>
        )}
      </form>
      <EntryHistory entryId={entry.id} version={entry.version} />
      {asked && <EntryDialogs asked={asked} onDeleted={onClose} onClose={() => setAsked(undefined)} />}
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
