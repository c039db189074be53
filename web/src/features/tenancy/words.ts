import { wordsOf, type IdOf } from "../../platform/i18n";
import type en from "./words.en.json";

export type MessageId = IdOf<typeof en>;

export const words = wordsOf<typeof en>(
  { en: () => import("./words.en.json"), de: () => import("./words.de.json") },
);
export const { t, tx } = words;
