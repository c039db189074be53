import { signal } from "@preact/signals";

/** Now, to the second: only what ticks reads it, so only that is drawn again. */
export const now = signal(Date.now());

/** Now, to half a minute: for "2 min ago". */
export const nowSlow = signal(Date.now());

export function startClock(): void {
  setInterval(() => {
    if (document.visibilityState !== "visible") return;
    now.value = Date.now();
    if (now.value - nowSlow.value >= 15_000) nowSlow.value = now.value;
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") now.value = nowSlow.value = Date.now();
  });
}
