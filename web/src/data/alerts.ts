import { signal } from "@preact/signals";

/** How many alerts wait for somebody; the frame shows it. */
export const openAlertCount = signal(0);
