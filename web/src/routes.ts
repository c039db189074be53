/** Every page: where it is, who may see it, and where it stands in the frame. */
import {
  BadgeCheck,
  BarChart3,
  BellRing,
  BookOpenText,
  CalendarRange,
  CircleGauge,
  DoorOpen,
  FolderKanban,
  Nfc,
  ScrollText,
  Settings,
  Tags,
  UserRound,
  Users,
  type LucideIcon,
} from "lucide-preact";
import { h, type FunctionComponent } from "preact";
import { lazy } from "preact-iso";
import { BrokenPage } from "./components/BrokenPage";
import type { Role } from "./data/session";
import type { MessageId } from "./i18n";

export interface NavItem {
  path: string;
  title: MessageId;
  icon: LucideIcon;
  /** The second key after `g`. */
  key: string;
  group: "time" | "gate" | "book" | "organization";
  minimum: Role;
}

export const NAV: NavItem[] = [
  { path: "/today", title: "nav.today", icon: CircleGauge, key: "t", group: "time", minimum: "member" },
  { path: "/timesheet", title: "nav.timesheet", icon: CalendarRange, key: "s", group: "time", minimum: "member" },
  { path: "/reports", title: "nav.reports", icon: BarChart3, key: "r", group: "time", minimum: "member" },
  { path: "/devices", title: "nav.devices", icon: Nfc, key: "d", group: "gate", minimum: "member" },
  { path: "/events", title: "nav.events", icon: BookOpenText, key: "e", group: "gate", minimum: "member" },
  { path: "/alerts", title: "nav.alerts", icon: BellRing, key: "a", group: "gate", minimum: "viewer" },
  { path: "/tags", title: "nav.tags", icon: Tags, key: "c", group: "book", minimum: "member" },
  { path: "/projects", title: "nav.projects", icon: FolderKanban, key: "j", group: "book", minimum: "member" },
  { path: "/people", title: "nav.people", icon: Users, key: "p", group: "book", minimum: "viewer" },
  { path: "/places", title: "nav.places", icon: DoorOpen, key: "l", group: "book", minimum: "member" },
  { path: "/members", title: "nav.members", icon: BadgeCheck, key: "m", group: "organization", minimum: "viewer" },
  { path: "/settings", title: "nav.settings", icon: Settings, key: "o", group: "organization", minimum: "viewer" },
  { path: "/audit", title: "nav.audit", icon: ScrollText, key: "u", group: "organization", minimum: "admin" },
];

export const PROFILE_ICON = UserRound;

/** What lies in the bar of a phone; the rest is behind More. */
export const IN_BAR = ["/today", "/timesheet", "/devices", "/alerts"];

/** A page that does not come says so; what was only read ahead is asked for again when somebody goes there. */
function page<K extends string>(load: () => Promise<Record<K, FunctionComponent>>, name: K): LazyPage {
  const shown = lazy(() => load().then((module) => module[name], missing));
  return Object.assign(shown, { preload: () => load().catch(() => undefined) });
}

function missing(error: unknown): FunctionComponent {
  console.error(error);
  return () => h(BrokenPage, { why: "missing" });
}

type LazyPage = FunctionComponent & { preload: () => Promise<unknown> };

export const NotFoundPage = page(() => import("./pages/NotFoundPage"), "NotFoundPage");

export const PAGES: { path: string; component: LazyPage }[] = [
  { path: "/today", component: page(() => import("./pages/TodayPage"), "TodayPage") },
  { path: "/timesheet", component: page(() => import("./pages/TimesheetPage"), "TimesheetPage") },
  { path: "/timesheet/:day", component: page(() => import("./pages/DayPage"), "DayPage") },
  { path: "/entries/:id", component: page(() => import("./pages/EntryPage"), "EntryPage") },
  { path: "/events", component: page(() => import("./pages/EventsPage"), "EventsPage") },
  { path: "/reports", component: page(() => import("./pages/ReportsPage"), "ReportsPage") },
  { path: "/tags", component: page(() => import("./pages/TagsPage"), "TagsPage") },
  { path: "/tags/:id", component: page(() => import("./pages/TagPage"), "TagPage") },
  { path: "/projects", component: page(() => import("./pages/ProjectsPage"), "ProjectsPage") },
  { path: "/projects/:id", component: page(() => import("./pages/ProjectPage"), "ProjectPage") },
  { path: "/devices", component: page(() => import("./pages/DevicesPage"), "DevicesPage") },
  { path: "/devices/:id", component: page(() => import("./pages/DevicePage"), "DevicePage") },
  { path: "/alerts", component: page(() => import("./pages/AlertsPage"), "AlertsPage") },
  { path: "/alerts/:id", component: page(() => import("./pages/AlertPage"), "AlertPage") },
  { path: "/people", component: page(() => import("./pages/PeoplePage"), "PeoplePage") },
  { path: "/people/:id", component: page(() => import("./pages/PersonPage"), "PersonPage") },
  { path: "/places", component: page(() => import("./pages/PlacesPage"), "PlacesPage") },
  { path: "/members", component: page(() => import("./pages/MembersPage"), "MembersPage") },
  { path: "/settings", component: page(() => import("./pages/SettingsPage"), "SettingsPage") },
  { path: "/audit", component: page(() => import("./pages/AuditPage"), "AuditPage") },
  { path: "/profile", component: page(() => import("./pages/ProfilePage"), "ProfilePage") },
  { path: "/more", component: page(() => import("./pages/MorePage"), "MorePage") },
];

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
    for (const { component } of PAGES) {
      await idle();
      await component.preload();
    }
  }, 2000);
}
