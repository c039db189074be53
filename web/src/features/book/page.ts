import { DoorOpen, FolderKanban, Users } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import * as slots from "./slots";
import { words } from "./words";

export const page: Feature = {
  capability: null,
  words,
  nav: [
    { path: "/projects", title: "nav.projects", icon: FolderKanban, key: "j", group: "book", minimum: "member" },
    { path: "/people", title: "nav.people", icon: Users, key: "p", group: "book", minimum: "viewer" },
    { path: "/places", title: "nav.places", icon: DoorOpen, key: "l", group: "book", minimum: "member" },
  ],
  pages: [
    {
      path: "/projects",
      load: () => import("./projects/ProjectsPage").then((it) => it.ProjectsPage),
      slots: [slots.projectWeek],
    },
    {
      path: "/projects/:id",
      load: () => import("./projects/ProjectPage").then((it) => it.ProjectPage),
      slots: [slots.projectEntries],
    },
    {
      path: "/people",
      load: () => import("./people/PeoplePage").then((it) => it.PeoplePage),
      slots: [slots.personNow],
    },
    {
      path: "/people/:id",
      load: () => import("./people/PersonPage").then((it) => it.PersonPage),
      slots: [slots.personNow, slots.personHours, slots.personThings, slots.personLinks, slots.personEntries],
    },
    { path: "/places", load: () => import("./places/PlacesPage").then((it) => it.PlacesPage) },
  ],
  loadFinders: () => import("./search").then((it) => it.finders),
};
