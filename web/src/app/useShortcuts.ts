import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { may } from "../platform/session";
import { NAV } from "./routes";
import { isPaletteOpen } from "./Palette";
import { isHelpOpen } from "./ShortcutHelp";

/** How long after `g` the second key may come. */
const SECOND_KEY_MS = 1500;

export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    document.querySelector("dialog[open]") !== null
  );
}

/** `g` and a letter goes to a page, `/` searches, `?` explains. */
export function useShortcuts(): void {
  const { route } = useLocation();
  useEffect(() => {
    let goUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "k") {
        event.preventDefault();
        isPaletteOpen.value = true;
        return;
      }
      if (isTyping(event)) return;
      if (Date.now() < goUntil) {
        goUntil = 0;
        const item = NAV.find(({ key, minimum }) => key === event.key && may(minimum));
        if (item) {
          event.preventDefault();
          event.stopImmediatePropagation();
          route(item.path);
        }
        return;
      }
      if (event.key === "g") goUntil = Date.now() + SECOND_KEY_MS;
      else if (event.key === "/") {
        event.preventDefault();
        isPaletteOpen.value = true;
      } else if (event.key === "?") isHelpOpen.value = true;
    };
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [route]);
}
