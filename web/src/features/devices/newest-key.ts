import { signal } from "@preact/signals";
import type { NewKey } from "./data/keys";

/** The key just made, so that what is copied next has it; gone with the page. */
export const newestKey = signal<(NewKey & { deviceId: string }) | undefined>(undefined);
