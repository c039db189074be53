import { Tags } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { into } from "../../platform/slots";
import { personThings } from "../book/slots";
import { words } from "./words";

export const page: Feature = {
  capability: null,
  words,
  nav: [{ path: "/tags", title: "nav.tags", icon: Tags, key: "c", group: "book", minimum: "member" }],
  pages: [
    { path: "/tags", load: () => import("./TagsPage").then((it) => it.TagsPage) },
    { path: "/tags/:id", load: () => import("./TagPage").then((it) => it.TagPage) },
  ],
  fillings: [into(personThings, () => import("./PersonTags").then((it) => it.PersonTags))],
  loadFinders: () => import("./search").then((it) => it.finders),
};
