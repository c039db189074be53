import { BarChart3, CalendarRange, CircleGauge } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { into } from "../../platform/slots";
import { personEntries, personHours, personLinks, personNow, projectEntries, projectWeek } from "../book/slots";
import { profilePanels, settingsPanels } from "../tenancy/slots";
import { words } from "./words";

export const page: Feature = {
  capability: "time",
  words,
  nav: [
    { path: "/today", title: "nav.today", icon: CircleGauge, key: "t", group: "time", minimum: "member", inBar: true },
    { path: "/timesheet", title: "nav.timesheet", icon: CalendarRange, key: "s", group: "time", minimum: "member", inBar: true },
    { path: "/reports", title: "nav.reports", icon: BarChart3, key: "r", group: "time", minimum: "member" },
  ],
  pages: [
    { path: "/today", load: () => import("./today/TodayPage").then((it) => it.TodayPage) },
    { path: "/timesheet", load: () => import("./timesheet/TimesheetPage").then((it) => it.TimesheetPage) },
    { path: "/timesheet/:day", load: () => import("./day/DayPage").then((it) => it.DayPage) },
    { path: "/entries/:id", load: () => import("./entry/EntryPage").then((it) => it.EntryPage) },
    { path: "/reports", load: () => import("./reports/ReportsPage").then((it) => it.ReportsPage) },
  ],
  fillings: [
    into(personNow, () => import("./person/PersonNow").then((it) => it.PersonNow)),
    into(personHours, () => import("./person/PersonHours").then((it) => it.PersonHours)),
    into(personLinks, () => import("./calendar/CalendarLinks").then((it) => it.CalendarLinks)),
    into(personEntries, () => import("./person/PersonEntries").then((it) => it.PersonEntries)),
    into(projectEntries, () => import("./person/ProjectEntries").then((it) => it.ProjectEntries)),
    into(projectWeek, () => import("./person/ProjectWeek").then((it) => it.ProjectWeek)),
    into(profilePanels, () => import("./calendar/OwnLinks").then((it) => it.OwnLinks)),
    into(settingsPanels, () => import("./rules/RulesPanel").then((it) => it.RulesPanel)),
  ],
};
