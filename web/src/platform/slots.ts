/** Places on a room's page that other rooms fill, so that the room need not know of them. */
import { Fragment, h, type FunctionComponent } from "preact";

type Load<Props> = () => Promise<FunctionComponent<Props>>;

export interface Slot<Props> extends FunctionComponent<Props> {
  /** Says what else stands there: once it was loaded, and as long as the organization uses it. */
  fill: (load: Load<Props>, isUsed: () => boolean) => void;
  /** Loads what stands there. A page waits for it, so that nothing moves later. */
  load: () => Promise<unknown>;
}

/** A filling as a feature lists it; `put` gives it to its slot. */
export interface Filling {
  put: (withWords: <T>(load: () => Promise<T>) => () => Promise<T>, isUsed: () => boolean) => void;
}

export const into = <Props>(slot: Slot<Props>, load: Load<Props>): Filling => ({
  put: (withWords, isUsed) => slot.fill(withWords(load), isUsed),
});

export function slotFor<Props extends object>(): Slot<Props> {
  const fillings: { load: Load<Props>; isUsed: () => boolean; component?: FunctionComponent<Props> }[] = [];
  const Shown: FunctionComponent<Props> = (props) =>
    h(
      Fragment,
      null,
      fillings.map(({ component, isUsed }, at) => component && isUsed() && h(component, { key: at, ...props })),
    );
  return Object.assign(Shown, {
    fill: (load: Load<Props>, isUsed: () => boolean) => void fillings.push({ load, isUsed }),
    load: () => Promise.all(fillings.map(async (each) => (each.component = await each.load()))),
  });
}
