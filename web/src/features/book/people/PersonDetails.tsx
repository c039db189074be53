import type { Person } from "../data/people";
import { organizationZone } from "../../../platform/session";
import { useDayTotals } from "../../time/data/entries";
import { formatLocale, t } from "../../../platform/i18n";
import { nowSlow } from "../../../platform/clock";
import { addDays, startOfWeek, today } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";

/** How to reach a person, and how long they have worked lately. */
export function PersonDetails({ person }: { person: Person }) {
  const day = today(organizationZone.value, nowSlow.value);
  const from = startOfWeek(day, formatLocale());
  const week = useDayTotals({ from, to: addDays(from, 6) }, person.id, 60_000).data;
  const sum = (days: typeof week) => days?.reduce((seconds, each) => seconds + each.wall_seconds, 0);
  const shown = (seconds: number | undefined) => (seconds === undefined ? "…" : formatDuration(seconds));
  return (
    <section class="panel" aria-labelledby="details-title">
      <div class="panel-head">
        <h2 id="details-title">{t("people.details")}</h2>
      </div>
      <dl class="panel-body definition">
        <dt>{t("people.today")}</dt>
        <dd>
          <a class="number" href={`/timesheet/${day}?person=${person.id}`}>
            {shown(sum(week?.filter((each) => each.day === day)))}
          </a>
        </dd>
        <dt>{t("people.week")}</dt>
        <dd>
          <a class="number" href={`/timesheet?person=${person.id}`}>
            {shown(sum(week))}
          </a>
        </dd>
        <dt>{t("people.email")}</dt>
        <dd>{person.email ? <a href={`mailto:${person.email}`}>{person.email}</a> : <span class="faint">–</span>}</dd>
        <dt>{t("people.phone")}</dt>
        <dd>{person.phone ? <a href={`tel:${person.phone}`}>{person.phone}</a> : <span class="faint">–</span>}</dd>
      </dl>
    </section>
  );
}
