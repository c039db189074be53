/** Words of the page, from one message file per language; dates and numbers come from Intl. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type en from "./words.en.json";
import { fill, pickPlural, splitMessage } from "./messages";

export type Locale = "en" | "de";
export type MessageId = keyof typeof en;

export const LOCALES: { id: Locale; name: string }[] = [
  { id: "en", name: "English" },
  { id: "de", name: "Deutsch" },
];

const LOADERS: Record<Locale, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import("./words.en.json"),
  de: () => import("./words.de.json"),
};

export const locale = signal<Locale>("en");
const messages = signal<Record<string, string>>({});

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

export async function setLocale(wanted: Locale): Promise<void> {
  if (wanted === locale.peek() && Object.keys(messages.peek()).length > 0) return;
  messages.value = (await LOADERS[wanted]()).default;
  locale.value = wanted;
  document.documentElement.lang = wanted;
  localStorage.setItem("gatebook-locale", wanted);
}

type Values = Record<string, string | number>;

function lookUp(id: string, values?: Values): string {
  const all = messages.value;
  const count = values?.["count"];
  if (typeof count === "number") {
    const plural = pickPlural(all, id, count, locale.value);
    if (plural !== undefined) return plural;
  }
  return all[id] ?? id;
}

/** The message's words, with `{name}` filled in. `count` chooses between `id_one` and `id_other`. */
export function t(id: MessageId | PluralId, values?: Values): string {
  return fill(lookUp(id, values), values, formatLocale());
}

/** As t, with elements for the names: `{person} tapped in` becomes [<b>Mira</b>, " tapped in"]. */
export function tx(id: MessageId | PluralId, parts: Record<string, ComponentChildren>): ComponentChildren[] {
  return splitMessage(lookUp(id)).map((piece) =>
    "name" in piece ? (parts[piece.name] ?? "") : piece.text,
  );
}

/** A message that may not be there, for codes that come from elsewhere. */
export function tMaybe(id: string, values?: Values): string | undefined {
  return id in messages.value ? fill(lookUp(id, values), values, formatLocale()) : undefined;
}

type PluralId = MessageId extends infer Id ? (Id extends `${infer Stem}_other` ? Stem : never) : never;
