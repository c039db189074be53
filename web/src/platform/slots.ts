/** Places on a room's page that other rooms fill, so that the room need not know of them. */
import { Fragment, h, type FunctionComponent } from "preact";

type Load<Props> = () => Promise<FunctionComponent<Props>>;

export interface Slot<Props> extends FunctionComponent<Props> {
  /** Says what else stands there; shown once it was loaded. */
  fill: (load: Load<Props>) => void;
  /** Loads what stands there. A page waits for it, so that nothing moves later. */
  load: () => Promise<unknown>;
}

/** A filling as a feature lists it; `put` gives the slot what to load. */
export interface Filling {
  put: (withWords: <T>(load: () => Promise<T>) => () => Promise<T>) => void;
}

export const into = <Props>(slot: Slot<Props>, load: Load<Props>): Filling => ({
  put: (withWords) => slot.fill(withWords(load)),
});

export function slotFor<Props extends object>(): Slot<Props> {
  const loads: Load<Props>[] = [];
  const shown: FunctionComponent<Props>[] = [];
  const Shown: FunctionComponent<Props> = (props) =>
    h(Fragment, null, ...shown.filter(Boolean).map((component, at) => h(component, { key: at, ...props })));
  const loadOne = async (load: Load<Props>, at: number) => {
    shown[at] = await load();
  };
  return Object.assign(Shown, {
    fill: (load: Load<Props>) => void loads.push(load),
    load: () => Promise.all(loads.map(loadOne)),
  });
}
