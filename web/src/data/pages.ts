/** Long lists: a page after the other by key, with how many there are. */
import { useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "./problems";

export const PAGE_SIZE = 50;

export interface Page<T> {
  rows: T[];
  /** How many the whole list has; only the first page needs to say. */
  count?: number;
}

export interface Pages<T> {
  rows: T[] | undefined;
  count: number | undefined;
  problem: Problem | undefined;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
  /** Changes rows on screen before the server confirms; returns what takes it back. */
  patch: (change: (rows: T[]) => T[]) => () => void;
}

/**
 * `loadPage` gets the last row there is (none for the first page) and returns at most PAGE_SIZE rows after it.
 * `everyMs` reads the first page again and puts what is new on top, as long as nothing below it changed.
 */
export function usePages<T extends { id: string | number }>(
  key: string | null,
  loadPage: (after: T | undefined) => Promise<Page<T>>,
  options: { everyMs?: number } = {},
): Pages<T> {
  const [state, setState] = useState<{ key: string | null; rows?: T[]; count?: number; hasMore: boolean }>({
    key,
    hasMore: false,
  });
  const [problem, setProblem] = useState<Problem>();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const current = useRef(key);
  current.current = key;
  const load = useRef(loadPage);
  load.current = loadPage;
  const own = state.key === key ? state : { key, hasMore: false, rows: undefined, count: undefined };

  const readFirst = async () => {
    if (key === null) return;
    try {
      const page = await load.current(undefined);
      if (current.current !== key) return;
      setProblem(undefined);
      setState((before) => {
        const old = before.key === key ? (before.rows ?? []) : [];
        const ids = new Set(page.rows.map((row) => row.id));
        const last = page.rows[page.rows.length - 1];
        const from = last ? old.findIndex((row) => row.id === last.id) : -1;
        // Pages below the first stay as they were read, unless the first no longer joins them.
        const rest = from >= 0 ? old.slice(from + 1).filter((row) => !ids.has(row.id)) : [];
        return {
          key,
          rows: [...page.rows, ...rest],
          count: page.count,
          hasMore: rest.length > 0 ? before.hasMore : page.rows.length >= PAGE_SIZE,
        };
      });
    } catch (error) {
      if (current.current === key) setProblem(asProblem(error));
    }
  };

  useEffect(() => {
    setProblem(undefined);
    void readFirst();
  }, [key]);

  useEffect(() => {
    if (!options.everyMs) return;
    const again = () => {
      if (document.visibilityState === "visible" && navigator.onLine) void readFirst();
    };
    const timer = setInterval(again, options.everyMs);
    addEventListener("focus", again);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", again);
    };
  }, [key, options.everyMs]);

  const loadMore = async () => {
    const last = own.rows?.[own.rows.length - 1];
    if (!last || isLoadingMore) return;
    setLoadingMore(true);
    try {
      const page = await load.current(last);
      if (current.current !== key) return;
      setState((before) => {
        const known = new Set(before.rows?.map((row) => row.id));
        const rows = [...(before.rows ?? []), ...page.rows.filter((row) => !known.has(row.id))];
        return { ...before, rows, hasMore: page.rows.length >= PAGE_SIZE };
      });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setLoadingMore(false);
    }
  };

  return {
    rows: own.rows,
    count: own.count,
    problem,
    hasMore: own.hasMore,
    isLoadingMore,
    loadMore: () => void loadMore(),
    reload: () => void readFirst(),
    patch: (change) => {
      const before = own.rows;
      setState((now) => ({ ...now, rows: now.rows && change(now.rows) }));
      return () => setState((now) => ({ ...now, rows: before }));
    },
  };
}
