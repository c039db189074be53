/** How many rows a growing list has: counted once, since that costs more than a page, and added to from then on. */
export interface Tally {
  /** How many there are, by the newest page; undefined: not counted yet, or counting failed. */
  of: (ids: readonly number[], pageSize: number) => number | undefined;
}

/** `read` counts; ids grow, so that what is above the newest at first came since. */
export function tallyOf(read: () => Promise<number>): Tally {
  let count: number | undefined;
  let newest: number | undefined;
  const start = () => {
    count = newest = undefined;
    read().then(
      (found) => (count = found),
      // A list is good without its count.
      () => {},
    );
  };
  start();
  return {
    of: (ids, pageSize) => {
      newest ??= Math.max(0, ...ids);
      const came = ids.filter((id) => id > newest!).length;
      const sum = count === undefined ? undefined : count + came;
      // More may have come than the page shows.
      if (came >= pageSize) start();
      return came >= pageSize ? undefined : sum;
    },
  };
}
