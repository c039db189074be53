import { Circle } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { words } from "./words";

/** A capability as it begins: copied to `features/empty` by weight.test.ts. */
export const page: Feature = {
  capability: null,
  words,
  nav: [{ path: "/empty", title: "nav.more", icon: Circle, key: "x", group: "book", minimum: "member" }],
  pages: [{ path: "/empty", load: () => import("./EmptyPage").then((it) => it.EmptyPage) }],
};
