import type { Found } from "../platform/feature";
import { uses } from "../platform/session";
import { FEATURES } from "./features";
import { withWords } from "./later";

/** The first few of each kind whose name holds the text, whichever feature knows them. */
export async function searchEverything(text: string): Promise<Found[]> {
  const loads = FEATURES.filter(({ capability }) => uses(capability)).flatMap(({ words, loadFinders }) =>
    loadFinders ? [withWords(words)(loadFinders)] : [],
  );
  const finders = (await Promise.all(loads.map((load) => load()))).flat().sort((a, b) => a.rank - b.rank);
  return (await Promise.all(finders.map(({ find }) => find(text)))).flat();
}
