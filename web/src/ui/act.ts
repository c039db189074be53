import { asProblem } from "../platform/problems";
import { problemWords } from "../platform/i18n/problems";
import { toast } from "./Toasts";
import { toastUndoSimple } from "./undo";

interface Act<Made> {
  /** Shows it before the server has confirmed it; returns what takes that back. */
  show?: () => () => void;
  act: () => Promise<Made>;
  /** A function, where the words are other ones once it is done. */
  said: string | (() => string);
  undo?: (made: Made) => Promise<unknown>;
}

/** Does something small at once, says so, and offers to take it back. A refusal takes it back by itself. */
export async function actAtOnce<Made>({ show, act, said, undo }: Act<Made>): Promise<void> {
  const takeBack = show?.();
  try {
    const made = await act();
    const words = typeof said === "string" ? said : said();
    if (undo) toastUndoSimple(words, () => undo(made));
    else toast(words);
  } catch (error) {
    takeBack?.();
    toast(problemWords(asProblem(error)));
  }
}
