/** `7 h 05`: how every duration on the page reads. */
export function formatDuration(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const sign = seconds < 0 && minutes > 0 ? "−" : "";
  return `${sign}${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

/** `1:04:09`, for what is running now. */
export function formatTicking(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** Hours as a number with two decimals, for exported files only. */
export function decimalHours(seconds: number): string {
  return (seconds / 3600).toFixed(2);
}

/** What people type for a time of day: `9`, `930`, `9:30`, `9.30`, `9h30`, `5 pm`. Minutes from midnight, or null. */
export function parseTimeOfDay(text: string): number | null {
  const found = /^(\d{1,2})(?:\s*[:.h]\s*(\d{2})|(\d{2}))?\s*(am|pm|a|p|h|uhr)?$/i.exec(text.trim());
  if (!found) return null;
  let hours = Number(found[1]);
  const minutes = Number(found[2] ?? found[3] ?? 0);
  const half = found[4]?.toLowerCase()[0];
  if (half === "a" || half === "p") {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half === "p" ? 12 : 0);
  }
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return hours * 60 + minutes;
}

/** `09:05` from minutes after midnight. */
export function formatTimeOfDay(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Seconds covered by at least one of the spans: wall time, counted once. */
export function unionSeconds(spans: readonly { start: number; end: number }[]): number {
  let total = 0;
  let reached = -Infinity;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, reached);
    if (span.end > start) total += (span.end - start) / 1000;
    reached = Math.max(reached, span.end);
  }
  return total;
}
