import { wordsOf } from "../../platform/i18n";
import type en from "./words.en.json";

export const words = wordsOf<typeof en>({ en: () => import("./words.en.json"), de: () => import("./words.de.json") });
export const { t } = words;
