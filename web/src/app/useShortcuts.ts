import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { shownNav } from "./nav";
import { isTyping } from "../ui/isTyping";
import { isHelpOpen, isPaletteOpen } from "./open";

/** How long after `g` the second key may come. */
const SECOND_KEY_MS = 1500;

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
        const item = shownNav().find(({ key }) => key === event.key);
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
