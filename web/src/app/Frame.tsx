import { CloudOff, Menu as MenuIcon, Search } from "lucide-preact";
import { Route, Router, useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { organizationId } from "../platform/session";
import { t } from "./words";
import { isOnline } from "../platform/online";
import type { NavItem } from "../platform/feature";
import { isHelpOpen, isPaletteOpen } from "./open";
import { shownNav } from "./nav";
import { NotFoundPage, PAGES, Palette, preloadPages, ShortcutHelp } from "./routes";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { OrganizationMenu, PersonMenu } from "./FrameMenus";
import { PageBoundary } from "../ui/PageBoundary";
import { useShortcuts } from "./useShortcuts";
import "./frame.css";

/** The rail or the bar around every page. */
export function Frame() {
  useShortcuts();
  useEffect(preloadPages, []);
  const { path, route } = useLocation();
  const isGate = ["/", "/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/invite"].includes(path);
  useEffect(() => {
    if (isGate) route("/today", true);
  }, [isGate]);
  return (
    <>
      <a class="skip button button-primary" href="#main">
        {t("frame.skip")}
      </a>
      <div class="frame">
        <Rail path={path} />
        <main class="main" id="main" tabIndex={-1}>
          {!isOnline.value && (
            <div class="offline" role="status">
              <Icon of={CloudOff} />
              {t("frame.offline")}
            </div>
          )}
          <PageBoundary at={`${organizationId.value} ${path}`}>
            {/* Another organization is another book: nothing of a page survives the change. */}
            <Router key={organizationId.value}>
              {PAGES.map(({ path: at, component }) => (
                <Route key={at} path={at} component={component} />
              ))}
              <Route default component={NotFoundPage} />
            </Router>
          </PageBoundary>
        </main>
        <Bar path={path} />
      </div>
      {isPaletteOpen.value && <Palette />}
      {isHelpOpen.value && <ShortcutHelp />}
    </>
  );
}

const isIn = (path: string, item: { path: string }) => path === item.path || path.startsWith(`${item.path}/`);

function Rail({ path }: { path: string }) {
  return (
    <div class="rail">
      <OrganizationMenu />
      <Button class="rail-search" icon={Search} onClick={() => (isPaletteOpen.value = true)}>
        {t("frame.search")}
        <kbd aria-hidden="true">/</kbd>
      </Button>
      <nav aria-label={t("frame.pages")}>
        {shownNav().map((item, at, all) => (
          <>
            {item.group !== "time" && item.group !== all[at - 1]?.group && (
              <div class="rail-heading" key={item.group}>
                {t(`nav.group.${item.group}`)}
              </div>
            )}
            <RailLink key={item.path} item={item} isCurrent={isIn(path, item)} />
          </>
        ))}
      </nav>
      <div class="rail-foot">
        <PersonMenu />
      </div>
    </div>
  );
}

interface RailLinkProps {
  item: NavItem;
  isCurrent: boolean;
}

function RailLink({ item, isCurrent }: RailLinkProps) {
  return (
    <a class="rail-link" href={item.path} aria-current={isCurrent ? "page" : undefined}>
      <Icon of={item.icon} />
      {t(item.title)}
      <Waiting item={item} />
    </a>
  );
}

/** How many wait for somebody there. */
function Waiting({ item: { useCount, countWord } }: { item: NavItem }) {
  // The same item at every drawing, so the same hooks.
  const count = useCount?.() ?? 0;
  if (count === 0) return null;
  return (
    <span class="count count-wrong">
      {count}
      {countWord && <span class="visually-hidden"> {t(countWord)}</span>}
    </span>
  );
}

/** Five on a phone; the rest is behind More. */
function Bar({ path }: { path: string }) {
  const shown = shownNav().filter(({ inBar }) => inBar);
  return (
    <nav class="bar" aria-label={t("frame.pages")}>
      {shown.map((item) => (
        <a
          key={item.path}
          class="bar-link"
          href={item.path}
          aria-current={isIn(path, item) ? "page" : undefined}
        >
          <Icon of={item.icon} large />
          {t(item.title)}
          <Waiting item={item} />
        </a>
      ))}
      <a
        class="bar-link"
        href="/more"
        aria-current={shown.every((item) => !isIn(path, item)) ? "page" : undefined}
      >
        <Icon of={MenuIcon} large />
        {t("nav.more")}
      </a>
    </nav>
  );
}

