/** Every page, made from what the features say of themselves. */
import { uses } from "../platform/session";
import { FEATURES } from "./features";
import { later, lazyPage, withWords, type LazyPage } from "./later";
import { words } from "./words";

for (const { capability, fillings = [], words: own } of FEATURES) {
  for (const { put } of fillings) put(withWords(own), () => uses(capability));
}

export const PAGES: { path: string; component: LazyPage }[] = [
  ...FEATURES.flatMap((feature) =>
    feature.pages.map((page) => ({ path: page.path, component: lazyPage(page, feature.words) })),
  ),
  { path: "/more", component: lazyPage({ load: () => import("./MorePage").then((it) => it.MorePage) }, words) },
];

export const NotFoundPage = lazyPage(
  { load: () => import("../ui/NotFoundPage").then((it) => it.NotFoundPage) },
  words,
);

export const Palette = later(() => import("./Palette").then((it) => it.Palette));
export const ShortcutHelp = later(() => import("./ShortcutHelp").then((it) => it.ShortcutHelp));

const isAt = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}/?$`).test(path);

/** What the first address needs comes while the session is looked up. */
export function preloadFirstPage(): void {
  void PAGES.find(({ path }) => isAt(path, location.pathname))?.component.preload();
}

const idle = (): Promise<unknown> =>
  new Promise((resolve) =>
    "requestIdleCallback" in window ? requestIdleCallback(resolve) : setTimeout(resolve, 300),
  );

/** Once the first page stands, the others come one by one while nothing else happens. */
export function preloadPages(): void {
  setTimeout(async () => {
    for (const { preload } of [Palette, ShortcutHelp, ...PAGES.map(({ component }) => component)]) {
      await idle();
      await preload();
    }
  }, 2000);
}
