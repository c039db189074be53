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
import { BrokenPage } from "../ui/BrokenPage";
import type { Role } from "../platform/session";
import type { MessageId } from "../platform/i18n";

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

export const NotFoundPage = page(() => import("./NotFoundPage"), "NotFoundPage");

export const PAGES: { path: string; component: LazyPage }[] = [
  { path: "/today", component: page(() => import("../features/time/today/TodayPage"), "TodayPage") },
  { path: "/timesheet", component: page(() => import("../features/time/timesheet/TimesheetPage"), "TimesheetPage") },
  { path: "/timesheet/:day", component: page(() => import("../features/time/day/DayPage"), "DayPage") },
  { path: "/entries/:id", component: page(() => import("../features/time/entry/EntryPage"), "EntryPage") },
  { path: "/events", component: page(() => import("../features/taps/EventsPage"), "EventsPage") },
  { path: "/reports", component: page(() => import("../features/time/reports/ReportsPage"), "ReportsPage") },
  { path: "/tags", component: page(() => import("../features/tags/TagsPage"), "TagsPage") },
  { path: "/tags/:id", component: page(() => import("../features/tags/TagPage"), "TagPage") },
  { path: "/projects", component: page(() => import("../features/book/projects/ProjectsPage"), "ProjectsPage") },
  { path: "/projects/:id", component: page(() => import("../features/book/projects/ProjectPage"), "ProjectPage") },
  { path: "/devices", component: page(() => import("../features/devices/DevicesPage"), "DevicesPage") },
  { path: "/devices/:id", component: page(() => import("../features/devices/DevicePage"), "DevicePage") },
  { path: "/alerts", component: page(() => import("../features/alerts/AlertsPage"), "AlertsPage") },
  { path: "/alerts/:id", component: page(() => import("../features/alerts/AlertPage"), "AlertPage") },
  { path: "/people", component: page(() => import("../features/book/people/PeoplePage"), "PeoplePage") },
  { path: "/people/:id", component: page(() => import("../features/book/people/PersonPage"), "PersonPage") },
  { path: "/places", component: page(() => import("../features/book/places/PlacesPage"), "PlacesPage") },
  { path: "/members", component: page(() => import("../features/tenancy/members/MembersPage"), "MembersPage") },
  { path: "/settings", component: page(() => import("../features/tenancy/settings/SettingsPage"), "SettingsPage") },
  { path: "/audit", component: page(() => import("../features/audit/AuditPage"), "AuditPage") },
  { path: "/profile", component: page(() => import("../features/tenancy/profile/ProfilePage"), "ProfilePage") },
  { path: "/more", component: page(() => import("./MorePage"), "MorePage") },
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
