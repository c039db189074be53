import { BellRing } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { useOpenAlerts } from "./data";
import { words } from "./words";

export const page: Feature = {
  capability: "alerts",
  words,
  nav: [
    {
      path: "/alerts",
      title: "nav.alerts",
      icon: BellRing,
      key: "a",
      group: "gate",
      minimum: "viewer",
      inBar: true,
      useCount: () => useOpenAlerts().data?.count ?? 0,
      countWord: "alerts.open",
    },
  ],
  pages: [
    { path: "/alerts", load: () => import("./AlertsPage").then((it) => it.AlertsPage) },
    { path: "/alerts/:id", load: () => import("./AlertPage").then((it) => it.AlertPage) },
  ],
};
