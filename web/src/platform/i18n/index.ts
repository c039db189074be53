/** Words of the page; dates and numbers come from Intl. */
import type { ComponentChildren } from "preact";
import { formatLocale, locale } from "./locale";
import { fill, pickPlural, splitMessage } from "./messages";
import { loadWords, messages, type WordFiles } from "./store";
import type common from "./words.en.json";

export { formatLocale, LOCALES, locale, preferredLocale, type Locale } from "./locale";
export { setLocale } from "./store";

type Values = Record<string, string | number>;
type Stem<Id> = Id extends `${infer Name}_other` ? Name : never;
type WithPlurals<Id> = Id | Stem<Id>;

/** The messages that a room with these words may show: its own and those that all rooms share. */
export type IdOf<Own> = WithPlurals<keyof Own | keyof typeof common>;
export type CommonId = IdOf<typeof common>;

/** What puts a room's messages into words. */
export interface Words<Id> {
  /** The message's words, with `{name}` filled in. `count` chooses between `id_one` and `id_other`. */
  t: (id: Id, values?: Values) => string;
  /** As t, with elements for the names: `{person} tapped in` becomes [<b>Mira</b>, " tapped in"]. */
  tx: (id: Id, parts: Record<string, ComponentChildren>) => ComponentChildren[];
  files: readonly WordFiles[];
  /** Loads them, and those of the rooms whose components this room shows. */
  load: () => Promise<void>;
}

function lookUp(id: string, values?: Values): string {
  const all = messages();
  const count = values?.["count"];
  if (typeof count === "number") {
    const plural = pickPlural(all, id, count, locale.value);
    if (plural !== undefined) return plural;
  }
  return all[id] ?? id;
}

/** The words that all rooms share; a room's own `t` knows its own as well. */
export function t(id: CommonId, values?: Values): string {
  return fill(lookUp(id, values), values, formatLocale());
}

/** A message that may not be there, for codes that come from elsewhere. */
export function tMaybe(id: string, values?: Values): string | undefined {
  return id in messages() ? fill(lookUp(id, values), values, formatLocale()) : undefined;
}

/** The words of a room. `shown`: of the rooms whose components it shows. */
export function wordsOf<Own>(own: WordFiles, shown: readonly { files: readonly WordFiles[] }[] = []): Words<IdOf<Own>> {
  const files = [...new Set([own, ...shown.flatMap((each) => each.files)])];
  return {
    t: t as Words<IdOf<Own>>["t"],
    tx: (id, parts) =>
      splitMessage(lookUp(String(id))).map((piece) => ("name" in piece ? (parts[piece.name] ?? "") : piece.text)),
    files,
    load: () => loadWords(files),
  };
}
