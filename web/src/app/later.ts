/** Components whose code comes when they are needed. */
import { h, type ComponentType, type FunctionComponent } from "preact";
import { lazy } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import type { FeaturePage } from "../platform/feature";
import type { Words } from "../platform/i18n";
import { BrokenPage } from "../ui/BrokenPage";

type Wordy = Pick<Words<never>, "load">;

/** Loads code, and the words it speaks. */
export const withWords =
  (words: Wordy) =>
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> =>
    (await Promise.all([load(), words.load()]))[0];

function missing(error: unknown): FunctionComponent {
  console.error(error);
  return () => h(BrokenPage, { why: "missing" });
}

export type LazyPage = FunctionComponent & { preload: () => Promise<unknown> };

/** A page that does not come says so; what was only read ahead is asked for again when somebody goes there. */
export function lazyPage({ load, slots = [] }: Omit<FeaturePage, "path">, words: Wordy): LazyPage {
  const loadAll = async () =>
    (await Promise.all([withWords(words)(load)(), ...slots.map((slot) => slot.load())]))[0];
  const shown = lazy(() => loadAll().catch(missing));
  return Object.assign(shown, { preload: () => loadAll().catch(() => undefined) });
}

/** As lazyPage, outside of the router: `waiting` stands there until it comes. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: FunctionComponent = () => null,
): FunctionComponent<Props> & { preload: () => Promise<unknown> } {
  let found: ComponentType<Props> | undefined;
  const find = async () => (found ??= await load());
  function Later(props: Props) {
    const [shown, show] = useState<ComponentType<Props> | undefined>(() => found);
    useEffect(() => {
      if (!shown) find().then((come) => show(() => come), (error: unknown) => show(() => missing(error)));
    }, []);
    return shown ? h(shown, props) : h(waiting, null);
  }
  return Object.assign(Later, { preload: () => find().catch(() => undefined) });
}
