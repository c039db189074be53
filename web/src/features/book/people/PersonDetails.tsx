import type { Person } from "../data/people";
import { personHours as PersonHours } from "../slots";
import { t } from "../words";

/** How to reach a person, and how long they have worked lately. */
export function PersonDetails({ person }: { person: Person }) {
  return (
    <section class="panel" aria-labelledby="details-title">
      <div class="panel-head">
        <h2 id="details-title">{t("people.details")}</h2>
      </div>
      <dl class="panel-body definition">
        <PersonHours personId={person.id} />
        <dt>{t("people.email")}</dt>
        <dd>{person.email ? <a href={`mailto:${person.email}`}>{person.email}</a> : <span class="faint">–</span>}</dd>
        <dt>{t("people.phone")}</dt>
        <dd>{person.phone ? <a href={`tel:${person.phone}`}>{person.phone}</a> : <span class="faint">–</span>}</dd>
      </dl>
    </section>
  );
}
