import { Nfc } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { words } from "./words";

export const page: Feature = {
  capability: null,
  words,
  nav: [{ path: "/devices", title: "nav.devices", icon: Nfc, key: "d", group: "gate", minimum: "member", inBar: true }],
  pages: [
    { path: "/devices", load: () => import("./DevicesPage").then((it) => it.DevicesPage) },
    { path: "/devices/:id", load: () => import("./DevicePage").then((it) => it.DevicePage) },
  ],
  loadFinders: () => import("./search").then((it) => it.finders),
};
