import { Keyboard, LogOut, Search, UserRound } from "lucide-preact";
import { Icon } from "../ui/Icon";
import { OrganizationMenu } from "./FrameMenus";
import { Page } from "../ui/Page";
import { isHelpOpen, isPaletteOpen } from "./open";
import { profile, session } from "../platform/session";
import { signOutHere } from "../platform/sign-out";
import { t } from "./words";
import { shownNav } from "./nav";
import "./frame.css";

/** On a phone: what has no room in the bar. */
export function MorePage() {
  return (
    <Page title={t("more.title")}>
      <div class="stack">
        <OrganizationMenu />
        <nav class="panel more-list" aria-label={t("more.title")}>
          {shownNav().filter(({ inBar }) => !inBar).map(({ path, title, icon }) => (
            <a key={path} class="menu-item" href={path}>
              <Icon of={icon} large />
              {t(title)}
            </a>
          ))}
        </nav>
        <div class="panel more-list">
          <a class="menu-item" href="/profile">
            <Icon of={UserRound} large />
            <span class="grow truncate">{profile.value?.display_name || session.value?.user.email}</span>
          </a>
          <button type="button" class="menu-item" onClick={() => (isPaletteOpen.value = true)}>
            <Icon of={Search} large />
            {t("frame.search")}
          </button>
          <button type="button" class="menu-item" onClick={() => (isHelpOpen.value = true)}>
            <Icon of={Keyboard} large />
            {t("help.title")}
          </button>
          <button type="button" class="menu-item" onClick={() => void signOutHere()}>
            <Icon of={LogOut} large />
            {t("auth.signOut")}
          </button>
        </div>
      </div>
    </Page>
  );
}
