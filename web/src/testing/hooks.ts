/** For tests of hooks, which draw nothing: as much of a browser as they ask for. Import it before the hook. */
import { h, render } from "preact";
import { act } from "preact/test-utils";

const kept = new Map<string, string>();
const browser = {
  document: Object.assign(new EventTarget(), { visibilityState: "visible", querySelector: () => null }),
  navigator: { onLine: true, languages: ["en-GB"] },
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  },
  addEventListener: () => {},
  removeEventListener: () => {},
};
for (const [name, value] of Object.entries(browser)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

export interface Shown<Given, Told> {
  /** What the hook returned last. */
  readonly told: Told;
  /** Draws again, with something else given to it. */
  give: (given: Given) => Promise<void>;
  leave: () => void;
}

export async function show<Given, Told>(
  hook: (given: Given) => Told,
  given: NoInfer<Given>,
): Promise<Shown<Given, Told>> {
  let told: Told;
  const Probe = (props: { given: Given }) => {
    told = hook(props.given);
    return null;
  };
  // A component that draws nothing asks nothing of what it is drawn into.
  const nowhere = {} as Element;
  const give = (next: Given) => settled(() => render(h(Probe, { given: next }), nowhere));
  await give(given);
  return {
    get told() {
      return told;
    },
    give,
    leave: () => render(null, nowhere),
  };
}

/** Does it, and waits until every answer that is there has been taken in. */
export async function settled(change: () => void): Promise<void> {
  await act(() => change());
  await act(async () => {
    for (let round = 0; round < 10; round++) await Promise.resolve();
  });
}

/** An answer that comes when the test says so. */
export class Answer<T> {
  give!: (value: T) => void;
  readonly promise = new Promise<T>((resolve) => (this.give = resolve));
}
