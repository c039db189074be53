import { asProblem } from "../data/problems";
import { problemWords } from "../i18n/problems";
import { toast } from "./Toasts";
import { toastUndoSimple } from "./undo";

interface Act {
  /** Shows it before the server has confirmed it; returns what takes that back. */
  show?: () => () => void;
  act: () => Promise<unknown>;
  said: string;
  undo?: () => Promise<unknown>;
}

/** Does something small at once, says so, and offers to take it back. A refusal takes it back by itself. */
export async function actAtOnce({ show, act, said, undo }: Act): Promise<void> {
  const takeBack = show?.();
  try {
    await act();
    if (undo) toastUndoSimple(said, undo);
    else toast(said);
  } catch (error) {
    takeBack?.();
    toast(problemWords(asProblem(error)));
  }
}
