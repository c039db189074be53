import { useEffect } from "preact/hooks";
import { isTyping } from "./useShortcuts";

/** `n` makes a new one, on pages with a list. */
export function useNewShortcut(make: () => void, isAllowed: boolean): void {
  useEffect(() => {
    if (!isAllowed) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "n" || isTyping(event)) return;
      event.preventDefault();
      make();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isAllowed]);
}
