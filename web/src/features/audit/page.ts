import { ScrollText } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { words } from "./words";

export const page: Feature = {
  capability: null,
  words,
  nav: [{ path: "/audit", title: "nav.audit", icon: ScrollText, key: "u", group: "organization", minimum: "admin" }],
  pages: [{ path: "/audit", load: () => import("./AuditPage").then((it) => it.AuditPage) }],
};
