import { signal } from "@preact/signals";

export const isOnline = signal(navigator.onLine);

export function watchOnline(): void {
  addEventListener("online", () => (isOnline.value = true));
  addEventListener("offline", () => (isOnline.value = false));
}
