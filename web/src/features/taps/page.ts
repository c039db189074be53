import { BookOpenText } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { words } from "./words";

export const page: Feature = {
  capability: null,
  words,
  nav: [{ path: "/events", title: "nav.events", icon: BookOpenText, key: "e", group: "gate", minimum: "member" }],
  pages: [{ path: "/events", load: () => import("./EventsPage").then((it) => it.EventsPage) }],
};
