/** Reading with a cache: what is known shows at once, and is read again when it may have changed. */
import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { asProblem, type Problem } from "./problems";

interface Entry<T> {
  data: Signal<T | undefined>;
  problem: Signal<Problem | undefined>;
  load: () => Promise<T>;
  readAt: number;
  reading: Promise<void> | undefined;
  again: boolean;
  watchers: number;
}

const entries = new Map<string, Entry<unknown>>();
const MAX_UNWATCHED = 120;

/** Older than this, data is read again when it comes back into view. */
const STALE_MS = 10_000;

export interface Query<T> {
  data: T | undefined;
  problem: Problem | undefined;
  reload: () => Promise<void>;
}

function entryFor<T>(key: string, load: () => Promise<T>): Entry<T> {
  let entry = entries.get(key) as Entry<T> | undefined;
  if (!entry) {
    entry = {
      data: signal(undefined),
      problem: signal(undefined),
      load,
      readAt: 0,
      reading: undefined,
      again: false,
      watchers: 0,
    };
    if (entries.size > MAX_UNWATCHED) {
      for (const [old, { watchers }] of entries) if (watchers === 0) entries.delete(old);
    }
    entries.set(key, entry as Entry<unknown>);
  }
  return entry;
}

function read<T>(entry: Entry<T>): Promise<void> {
  if (entry.reading) {
    // What is under way may have been answered before the change.
    entry.again = true;
    return entry.reading;
  }
  entry.reading = (async () => {
    do {
      entry.again = false;
      try {
        const data = await entry.load();
        entry.readAt = Date.now();
        entry.problem.value = undefined;
        if (!isSame(entry.data.peek(), data)) entry.data.value = data;
      } catch (error) {
        entry.problem.value = asProblem(error);
      }
      // Nobody looks: whoever comes back asks for themselves, in the organization of then.
    } while (entry.again && entry.watchers > 0);
    if (entry.again) entry.readAt = 0;
    entry.reading = undefined;
  })();
  return entry.reading;
}

/** Polling mostly brings what is there already; the same data must not draw the page again. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

/** `key` null: nothing to read yet. `everyMs`: read again as long as the page is looked at. */
export function useQuery<T>(
  key: string | null,
  load: () => Promise<T>,
  options: { everyMs?: number } = {},
): Query<T> {
  const entry = useMemo(() => (key === null ? null : entryFor<T>(key, load)), [key]);
  // What loads belongs to its key: the answer to another question must never be kept under this one.
  if (entry) entry.load = load;
  const { everyMs } = options;

  useEffect(() => {
    if (!entry) return;
    entry.watchers += 1;
    // What is under way is new enough for whoever comes now.
    if (!entry.reading && Date.now() - entry.readAt > 1000) void read(entry);
    return () => {
      entry.watchers -= 1;
    };
  }, [entry]);

  useEffect(() => {
    if (!entry || !everyMs) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && navigator.onLine && !entry.reading) void read(entry);
    }, everyMs);
    return () => clearInterval(timer);
  }, [entry, everyMs]);

  return {
    data: entry?.data.value,
    problem: entry?.problem.value,
    reload: () => (entry ? read(entry) : Promise.resolve()),
  };
}

/** Reads everything again whose key starts with the prefix and is on screen; forgets the rest of it. */
export function invalidate(...prefixes: string[]): void {
  for (const [key, entry] of entries) {
    if (!prefixes.some((prefix) => key.startsWith(prefix))) continue;
    entry.readAt = 0;
    if (entry.watchers > 0) void read(entry);
  }
}

/** Shows a change before the server has confirmed it; the returned function takes it back. */
export function patch<T>(key: string, change: (data: T) => T): () => void {
  const entry = entries.get(key) as Entry<T> | undefined;
  const before = entry?.data.peek();
  if (!entry || before === undefined) return () => {};
  entry.data.value = change(before);
  return () => {
    entry.data.value = before;
  };
}

/** The next person must not see what the last one read. */
export function forgetEverything(): void {
  for (const [key, entry] of entries) {
    entry.data.value = undefined;
    entry.readAt = 0;
    if (entry.watchers === 0) entries.delete(key);
  }
}

function readStale(): void {
  if (document.visibilityState !== "visible") return;
  for (const entry of entries.values()) {
    if (entry.watchers > 0 && Date.now() - entry.readAt > STALE_MS) void read(entry);
  }
}

export function watchFocus(): void {
  document.addEventListener("visibilitychange", readStale);
  addEventListener("focus", readStale);
  addEventListener("online", readStale);
}

/** As patch, for every reading whose key starts with the prefix. */
export function patchAll<T>(prefix: string, change: (data: T) => T): () => void {
  const backs = [...entries.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => patch<T>(key, change));
  return () => backs.forEach((back) => back());
}
