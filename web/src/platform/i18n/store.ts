/** The words loaded so far. Each room has a file of them per language, which comes with the room's code. */
import { locale, type Locale } from "./locale";

export type Messages = Record<string, string>;

/** Gets a room's words in each language. */
export type WordFiles = Record<Locale, () => Promise<{ default: Messages }>>;

const FILES_OF_THE_PLATFORM: WordFiles = {
  en: () => import("./words.en.json"),
  de: () => import("./words.de.json"),
};

// No signal: whoever draws has waited for its words, and nobody has to be drawn again for those of others.
const loaded: Record<Locale, Messages> = { en: {}, de: {} };
const wanted = new Set<WordFiles>([FILES_OF_THE_PLATFORM]);
let chosen: Locale = locale.peek();
/** Whether a language was shown yet. */
let isShown = false;

/** The words of the language that is shown; reading them draws again when the language changes. */
export const messages = (): Messages => loaded[locale.value];

async function load(files: WordFiles, which: Locale): Promise<void> {
  Object.assign(loaded[which], (await files[which]()).default);
}

/** Loads files of words in the language that is shown and in the one that is about to be. */
export async function loadWords(files: Iterable<WordFiles>): Promise<void> {
  const all = [...files];
  for (const each of all) wanted.add(each);
  for (;;) {
    const which = chosen;
    const languages = new Set(isShown ? [which, locale.peek()] : [which]);
    await Promise.all([...languages].flatMap((language) => all.map((each) => load(each, language))));
    // Another one was chosen meanwhile.
    if (which === chosen) return;
  }
}

/** Shows the page in a language once all words that it has used so far are there. */
export async function setLocale(which: Locale): Promise<void> {
  chosen = which;
  try {
    await loadWords(wanted);
  } catch (error) {
    if (which === chosen) chosen = locale.peek();
    throw error;
  }
  if (which !== chosen) return;
  locale.value = which;
  isShown = true;
  document.documentElement.lang = which;
  localStorage.setItem("gatebook-locale", which);
}
