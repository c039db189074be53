import { useRef } from "preact/hooks";
import { zone } from "../../../platform/session";
import type { Entry } from "../data/entries";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { safeColour, textOn } from "../../../ui/colours";
import { formatDuration } from "../../../platform/durations";
import { formatTime } from "../../../platform/format";
import { snap, type Draft, type LaneBlock, type View } from "./lanes";
import "./day.css";

interface BlockProps {
  block: LaneBlock;
  draft: Draft | null;
  view: View;
  top: number;
  height: number;
  isSelected: boolean;
  mayMove: boolean;
  onSelect: () => void;
  onDraft: (draft: Draft | null) => void;
  onDrop: (entry: Entry, draft: Draft) => void;
}

type Grip = "whole" | "start" | "end";

const STEP_MINUTES = 5;
const MINUTE = 60_000;
/** A click trembles. */
const STILL_PX = 4;

/** An entry on the timeline: drag it, stretch it, or move it with the arrows. */
export function Block(props: BlockProps) {
  const { block, draft, view, top, height, isSelected, mayMove, onSelect, onDraft, onDrop } = props;
  const { entry } = block;
  const drag = useRef<{ grip: Grip; x: number; track: number; moved: boolean } | null>(null);
  const start = Date.parse(entry.started_at);
  const end = entry.ended_at ? Date.parse(entry.ended_at) : null;
  const shown = {
    start: draft ? Math.max(draft.start, view.start) : block.start,
    end: draft ? Math.min(draft.end ?? block.end, view.end) : block.end,
  };
  const length = view.end - view.start;
  const colour = safeColour(entry.project_color);
  const locale = formatLocale();
  const time = (ms: number) => formatTime(locale, ms, zone.value);
  const from = time(draft?.start ?? start);
  const lastMs = draft?.end ?? end;
  const to = lastMs ? time(lastMs) : t("time.now");
  const seconds = ((lastMs ?? block.end) - (draft?.start ?? start)) / 1000;

  const moved = (grip: Grip, by: number, from: Draft): Draft => {
    const latest = Date.now();
    let next: Draft;
    if (grip === "start" || end === null) next = { ...from, start: from.start + by };
    else if (grip === "end") next = { ...from, end: from.end! + by };
    else next = { ...from, start: from.start + by, end: from.end! + by };
    const least = (next.end ?? latest) - MINUTE;
    if (next.start > least) next.start = grip === "end" ? from.start : least;
    if (next.end !== null && next.end <= next.start) next.end = next.start + MINUTE;
    // Time is recorded when it has passed.
    if (next.end !== null && next.end > latest) {
      if (grip === "whole") next.start -= next.end - latest;
      next.end = latest;
    }
    return next;
  };
  const original: Draft = { id: entry.id, start, end };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !mayMove) return;
    const target = event.currentTarget as HTMLElement;
    const grip = ((event.target as HTMLElement).dataset["grip"] as Grip | undefined) ?? "whole";
    drag.current = { grip, x: event.clientX, track: target.parentElement!.clientWidth, moved: false };
    target.setPointerCapture(event.pointerId);
  };
  const draftAt = (event: PointerEvent): Draft | null => {
    const held = drag.current;
    if (!held) return null;
    const pixels = event.clientX - held.x;
    if (!held.moved && Math.abs(pixels) < STILL_PX) return null;
    held.moved = true;
    const raw = (pixels / held.track) * length;
    const anchor = held.grip === "end" && end ? end : start;
    return moved(held.grip, snap(anchor + raw, STEP_MINUTES) - anchor, original);
  };
  const onPointerMove = (event: PointerEvent) => {
    const next = draftAt(event);
    if (next) onDraft(next);
  };
  const onPointerUp = (event: PointerEvent) => {
    const next = draftAt(event);
    const wasMoved = drag.current?.moved;
    drag.current = null;
    if (wasMoved && next) onDrop(entry, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && draft) {
      event.preventDefault();
      onDrop(entry, draft);
    } else if (event.key === "Escape" && draft) {
      event.preventDefault();
      onDraft(null);
    } else if (mayMove && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      const by = (event.key === "ArrowLeft" ? -1 : 1) * (event.altKey ? 1 : STEP_MINUTES) * MINUTE;
      onDraft(moved(event.shiftKey && end !== null ? "end" : "whole", by, draft ?? original));
    }
  };

  const flagged = entry.flags.length > 0 || entry.is_overlapping;
  const classes = [
    "block",
    draft && "block-moving",
    entry.is_running && "block-running",
    flagged && "block-flagged",
  ];
  const project = entry.project_name ?? t("time.noProject");
  const name = entry.person_name ?? entry.tag_label ?? entry.tag_uid ?? "";
  const more = [
    formatDuration(seconds),
    ...entry.flags.map((flag) => t(`flag.${flag}`)),
    entry.is_overlapping && t("flag.overlapping"),
    draft && t("entry.dragHint"),
  ].filter(Boolean);
  return (
    <button
      type="button"
      class={classes.filter(Boolean).join(" ")}
      style={{
        left: `${((shown.start - view.start) / length) * 100}%`,
        width: `${((shown.end - shown.start) / length) * 100}%`,
        top: `${top}px`,
        height: `${height}px`,
        background: colour,
        color: textOn(colour),
      }}
      aria-pressed={isSelected}
      title={`${name}: ${project}, ${from}–${to}, ${more.join(", ")}`}
      onClick={() => !drag.current?.moved && !draft && onSelect()}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = null;
        onDraft(null);
      }}
      onKeyDown={onKeyDown}
    >
      {mayMove && <span class="block-handle block-handle-start" data-grip="start" />}
      <span class="visually-hidden">{name}: </span>
      <span class="truncate strong">{project}</span>{" "}
      <span class="truncate number">
        {from}–{to}
      </span>
      <span class="visually-hidden">, {more.join(", ")}</span>
      {mayMove && end !== null && <span class="block-handle block-handle-end" data-grip="end" />}
    </button>
  );
}
