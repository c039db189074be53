import { BadgeCheck, Settings } from "lucide-preact";
import type { Feature } from "../../platform/feature";
import { profilePanels, settingsPanels } from "./slots";
import { words } from "./words";

export const page: Feature = {
  capability: null,
  words,
  nav: [
    { path: "/members", title: "nav.members", icon: BadgeCheck, key: "m", group: "organization", minimum: "viewer" },
    { path: "/settings", title: "nav.settings", icon: Settings, key: "o", group: "organization", minimum: "viewer" },
  ],
  pages: [
    { path: "/members", load: () => import("./members/MembersPage").then((it) => it.MembersPage) },
    {
      path: "/settings",
      load: () => import("./settings/SettingsPage").then((it) => it.SettingsPage),
      slots: [settingsPanels],
    },
    {
      path: "/profile",
      load: () => import("./profile/ProfilePage").then((it) => it.ProfilePage),
      slots: [profilePanels],
    },
  ],
};

/** What stands in place of the frame until somebody is signed in and belongs somewhere. */
export const screens = {
  auth: () => import("./auth/AuthPages").then((it) => it.AuthPages),
  invitation: () => import("./auth/InvitationPage").then((it) => it.InvitationPage),
  newPassword: () => import("./auth/NewPasswordPage").then((it) => it.NewPasswordPage),
  welcome: () => import("./auth/WelcomePage").then((it) => it.WelcomePage),
};

export const newOrganizationDialog = () => import("./NewOrganizationDialog").then((it) => it.NewOrganizationDialog);
