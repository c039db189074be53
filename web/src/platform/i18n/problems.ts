import type { Problem } from "../problems";
import { t, tMaybe } from ".";

/** A problem in the person's language: by its code, else by what the server said about it. */
export function problemWords(problem: Problem): string {
  const known = tMaybe(`problem.${problem.code}`);
  if (known && problem.code !== "unexpected") return known;
  return t("problem.unexpected", { detail: problem.detail || problem.code });
}
