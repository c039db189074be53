import type { Block } from "../data/today";
import { t } from "../words";
import { clipToDay } from "../../../platform/dates";
import { safeColour } from "../../../ui/colours";
import "./daybar.css";

interface DayBarProps {
  blocks: Block[];
  bounds: { start: number; end: number };
  now: number;
  /** The colour of a project by its id. */
  colours: Map<string, string>;
  label: string;
}

/** A day of 24 hours as a bar with the entries as blocks. What it shows is said in words beside it. */
export function DayBar({ blocks, bounds, now, colours, label }: DayBarProps) {
  const length = bounds.end - bounds.start;
  const percent = (ms: number) => `${((ms / length) * 100).toFixed(3)}%`;
  const nowAt = now - bounds.start;
  return (
    <div class="daybar" role="img" aria-label={label} title={label}>
      {[6, 12, 18].map((hour) => (
        <span key={hour} class="daybar-line" style={{ left: percent(hour * 3_600_000) }} />
      ))}
      {blocks.map((block) => {
        const running = block.ended_at === null && Date.parse(block.limit_at) > now;
        const ended_at = block.ended_at ?? (running ? null : block.limit_at);
        const span = clipToDay({ started_at: block.started_at, ended_at }, bounds, now);
        if (!span) return null;
        const colour = block.project_id ? colours.get(block.project_id) : undefined;
        return (
          <span
            key={block.id}
            class={running ? "daybar-block daybar-running" : "daybar-block"}
            style={{
              left: percent(span.start - bounds.start),
              width: percent(span.end - span.start),
              background: running ? undefined : safeColour(colour),
            }}
          />
        );
      })}
      {nowAt > 0 && nowAt < length && <span class="daybar-now" style={{ left: percent(nowAt) }} />}
    </div>
  );
}

/** The hours above the bars. */
export function DayBarScale() {
  return (
    <div class="daybar-scale" aria-hidden="true">
      {[0, 6, 12, 18, 24].map((hour) => (
        <span key={hour}>{t("time.oclock", { hour: String(hour).padStart(2, "0") })}</span>
      ))}
    </div>
  );
}
