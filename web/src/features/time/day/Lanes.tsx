import { useMemo, useRef, useState } from "preact/hooks";
import { ReasonDialog, REASONS } from "../entry/ReasonDialog";
import { toastUndo } from "../../../ui/undo";
import { changeEntry } from "../data/corrections";
import type { EntryChanges } from "../data/entries";
import { may, zone } from "../../../platform/session";
import type { Entry } from "../data/entries";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { nowSlow } from "../../../platform/clock";
import { minutesOfDay, toInstant } from "../../../platform/dates";
import { formatDuration, formatTimeOfDay } from "../../../platform/durations";
import { formatTime } from "../../../platform/format";
import { viewOf, type Draft, type Lane, type View } from "./lanes";
import { Block } from "./Block";
import "./day.css";

interface LanesProps {
  lanes: Lane[];
  bounds: View;
  selectedId: string | undefined;
  onSelect: (id: string) => void;
  onGap: (lane: Lane, gap: { start: number; end: number }) => void;
  ownPersonId: string | undefined;
}

const HOUR = 3_600_000;
const LEVEL_PX = 44;

/** A lane for each person, with blocks to drag and stretch. */
export function Lanes({ lanes, bounds, selectedId, onSelect, onGap, ownPersonId }: LanesProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [asking, setAsking] = useState<Entry | null>(null);
  // The view must not run away under a block that is being dragged.
  const fixed = useRef<View | null>(null);
  const wanted = useMemo(() => viewOf(lanes, bounds), [lanes, bounds]);
  const view = draft && fixed.current ? fixed.current : wanted;
  fixed.current = view;
  const length = view.end - view.start;
  const percent = (ms: number) => `${((ms - view.start) / length) * 100}%`;
  const width = (span: { start: number; end: number }) => `${((span.end - span.start) / length) * 100}%`;
  const hours = Array.from({ length: Math.round(length / HOUR) + 1 }, (_, at) => view.start + at * HOUR);
  const every = hours.length > 14 ? 2 : 1;
  const locale = formatLocale();
  const time = (ms: number) => formatTime(locale, ms, zone.value);
  const now = nowSlow.value;

  const cancel = () => {
    setDraft(null);
    setAsking(null);
  };
  const changesOf = (entry: Entry, { start, end }: Draft): EntryChanges => ({
    ...(start !== Date.parse(entry.started_at) ? { started_at: toInstant(start) } : {}),
    ...(entry.ended_at && end !== Date.parse(entry.ended_at) ? { ended_at: toInstant(end!) } : {}),
  });

  return (
    <div class="lanes" tabIndex={-1}>
      <div class="lanes-inner">
        <div class="lanes-scale" aria-hidden="true">
          {hours.map((ms, at) =>
            at % every === 0 ? (
              <span key={ms} style={{ left: percent(ms) }}>
                {formatTimeOfDay(minutesOfDay(ms, zone.value)).slice(0, 2)}
              </span>
            ) : null,
          )}
        </div>
        {lanes.map((lane) => (
          <div key={lane.id} class="lane">
            <div class="lane-name">
              <div class="strong truncate">{lane.name ?? t("entry.nobody")}</div>
              <div class="small soft number">{formatDuration(lane.seconds)}</div>
            </div>
            <div class="lane-track" data-arrows="" style={{ height: `${16 + lane.levels * LEVEL_PX}px` }}>
              {hours.slice(1, -1).map((ms) => (
                <span key={ms} class="lane-line" style={{ left: percent(ms) }} />
              ))}
              {lane.gaps.map((gap) => {
                const label = t("day.gapLabel", {
                  time: formatDuration((gap.end - gap.start) / 1000),
                  from: time(gap.start),
                  to: time(gap.end),
                });
                const mayFill = lane.personId !== null && (may("operator") || lane.personId === ownPersonId);
                return (
                  <button
                    key={gap.start}
                    type="button"
                    class="lane-gap"
                    style={{ left: percent(gap.start), width: width(gap) }}
                    aria-label={label}
                    title={label}
                    disabled={!mayFill}
                    onClick={() => onGap(lane, gap)}
                  />
                );
              })}
              {lane.blocks.map((block) => (
                <Block
                  key={block.entry.id}
                  block={block}
                  draft={draft?.id === block.entry.id ? draft : null}
                  view={view}
                  top={8 + block.level * LEVEL_PX}
                  height={LEVEL_PX - 4}
                  isSelected={block.entry.id === selectedId}
                  mayMove={may("operator") || block.entry.person_id === ownPersonId}
                  onSelect={() => onSelect(block.entry.id)}
                  onDraft={setDraft}
                  onDrop={(entry, dropped) => {
                    setDraft(dropped);
                    if (Object.keys(changesOf(entry, dropped)).length > 0) setAsking(entry);
                    else setDraft(null);
                  }}
                />
              ))}
              {lane.overlaps.map((overlap) => (
                <span
                  key={overlap.start}
                  class="lane-overlap"
                  style={{ left: percent(overlap.start), width: width(overlap) }}
                  title={t("flag.overlapping.long")}
                />
              ))}
              {now > view.start && now < view.end && <span class="lane-now" style={{ left: percent(now) }} />}
            </div>
          </div>
        ))}
      </div>
      {asking && draft && (
        <ReasonDialog
          title={t("day.moved", { from: time(draft.start), to: draft.end ? time(draft.end) : t("time.now") })}
          act={t("entry.save")}
          reasons={REASONS.change}
          onReason={async (reason) => {
            toastUndo(t("entry.changed"), await changeEntry(asking, changesOf(asking, draft), reason));
          }}
          onClose={cancel}
        />
      )}
    </div>
  );
}

