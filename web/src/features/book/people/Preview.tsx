import type { PersonInput } from "../data/people";
import { t } from "../words";
import "./people.css";

const SHOWN = 5;

/** The first few of who would be added. */
export function Preview({ people }: { people: PersonInput[] }) {
  const more = people.length - SHOWN;
  return (
    <ul class="import-preview">
      {people.slice(0, SHOWN).map(({ name, email, phone }, at) => (
        <li key={at}>
          <strong>{name}</strong> <span class="soft">{[email, phone].filter(Boolean).join(" · ")}</span>
        </li>
      ))}
      {more > 0 && <li class="soft">{t("import.more", { count: more })}</li>}
    </ul>
  );
}
