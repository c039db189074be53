import { nowSlow } from "../../../platform/clock";
import { addDays, startOfWeek, today } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatLocale } from "../../../platform/i18n";
import { organizationZone } from "../../../platform/session";
import { useDayTotals } from "../data/sums";
import { t } from "../words";

/** How long a person has worked lately. */
export function PersonHours({ personId }: { personId: string }) {
  const day = today(organizationZone.value, nowSlow.value);
  const from = startOfWeek(day, formatLocale());
  const week = useDayTotals({ from, to: addDays(from, 6) }, personId, 60_000).data;
  const sum = (days: typeof week) => days?.reduce((seconds, each) => seconds + each.wall_seconds, 0);
  const shown = (seconds: number | undefined) => (seconds === undefined ? "…" : formatDuration(seconds));
  return (
    <>
      <dt>{t("people.today")}</dt>
      <dd>
        <a class="number" href={`/timesheet/${day}?person=${personId}`}>
          {shown(sum(week?.filter((each) => each.day === day)))}
        </a>
      </dd>
      <dt>{t("people.week")}</dt>
      <dd>
        <a class="number" href={`/timesheet?person=${personId}`}>
          {shown(sum(week))}
        </a>
      </dd>
    </>
  );
}
