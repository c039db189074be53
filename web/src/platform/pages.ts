/** Long lists: a page after the other by key, with how many there are. */
import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { PagedList, type LoadPage } from "./paged-list";
import type { Problem } from "./problems";
import { membership } from "./session";

export { PAGE_SIZE, type Page } from "./paged-list";

export interface Pages<T> {
  rows: T[] | undefined;
  count: number | undefined;
  problem: Problem | undefined;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  /** Reads again what is shown at the time, whatever was when this was kept. */
  reload: () => void;
  /** Changes rows on screen before the server confirms; returns what takes it back. */
  patch: (change: (rows: T[]) => T[]) => () => void;
}

/** `everyMs` reads the first page again and puts what is new on top. `key` null: nothing to read yet. */
export function usePages<T extends { id: string | number }>(
  key: string | null,
  loadPage: LoadPage<T>,
  options: { everyMs?: number } = {},
): Pages<T> {
  const [, draw] = useReducer<number, void>((drawn) => drawn + 1, 0);
  // A list for each key: what was asked or changed under another one cannot show here. Another role sees other rows.
  const list = useMemo(() => new PagedList<T>(loadPage, draw), [key, membership.value?.role]);
  list.loadPage = loadPage;
  const shown = useRef(list);
  shown.current = list;
  const { everyMs } = options;

  useEffect(() => {
    if (key !== null) void list.read(false);
  }, [list]);

  useEffect(() => {
    if (key === null || !everyMs) return;
    const again = () => {
      if (document.visibilityState === "visible" && navigator.onLine && !list.isReading) void list.read(false);
    };
    const timer = setInterval(again, everyMs);
    addEventListener("focus", again);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", again);
    };
  }, [list, everyMs]);

  return {
    rows: list.rows,
    count: list.count,
    problem: list.problem,
    hasMore: list.hasMore,
    isLoadingMore: list.isLoadingMore,
    loadMore: () => void list.readMore(),
    reload: () => void shown.current.read(true),
    patch: (change) => list.patch(change),
  };
}
