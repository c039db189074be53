import type { LucideIcon } from "lucide-preact";

/** A picture beside words; screen readers hear the words only. */
export function Icon({ of: Picture, large }: { of: LucideIcon; large?: boolean }) {
  return <Picture class={large ? "icon icon-large" : "icon"} aria-hidden="true" strokeWidth={1.75} />;
}
