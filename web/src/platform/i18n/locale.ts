/** Which language the page speaks, and how the browser wants dates and numbers written. */
import { signal } from "@preact/signals";

export type Locale = "en" | "de";

export const LOCALES: { id: Locale; name: string }[] = [
  { id: "en", name: "English" },
  { id: "de", name: "Deutsch" },
];

export const locale = signal<Locale>("en");

/** What the browser asks for, e.g. `en-GB`: it decides dates and where weeks start, the language words. */
export function formatLocale(): string {
  const wanted = navigator.languages.find((tag) => tag.split("-")[0] === locale.value);
  return wanted ?? (locale.value === "de" ? "de-AT" : "en-GB");
}

export function preferredLocale(): Locale {
  const kept = localStorage.getItem("gatebook-locale");
  if (kept === "en" || kept === "de") return kept;
  return navigator.languages.some((tag) => tag.startsWith("de")) &&
    !navigator.languages[0]?.startsWith("en")
    ? "de"
    : "en";
}
