import { useEffect, useRef } from "preact/hooks";
import { isTyping } from "./isTyping";

/** `n` makes a new one, on pages with a list. */
export function useNewShortcut(make: () => void, isAllowed: boolean): void {
  // What it makes may depend on what is chosen by now.
  const latest = useRef(make);
  latest.current = make;
  useEffect(() => {
    if (!isAllowed) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "n" || isTyping(event)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isAllowed]);
}
