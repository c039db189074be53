import type { DayTotal } from "../data/sums";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { addDays, daysBetween, startOfWeek, type Day } from "../../../platform/dates";
import { formatDuration } from "../../../platform/durations";
import { formatDay } from "../../../platform/format";
import "./timesheet.css";

interface MonthCalendarProps {
  from: Day;
  to: Day;
  nowDay: Day;
  personId: string;
  days: DayTotal[];
}

/** One person's month, a square a day. */
export function MonthCalendar({ from, to, nowDay, personId, days }: MonthCalendarProps) {
  const locale = formatLocale();
  const first = startOfWeek(from, locale);
  const last = addDays(startOfWeek(to, locale), 6);
  const all = daysBetween(first, last);
  const totals = new Map(days.map((day) => [day.day, day]));
  const most = Math.max(1, ...days.map((day) => day.wall_seconds));
  const sum = days.reduce((seconds, day) => seconds + day.wall_seconds, 0);
  return (
    <>
      <div class="month">
        {all.slice(0, 7).map((day) => (
          <div key={day} class="month-head" aria-hidden="true">
            {formatDay(locale, day, "weekday")}
          </div>
        ))}
        {all.map((day) => {
          const total = totals.get(day);
          const isOutside = day < from || day > to;
          return (
            <a
              key={day}
              class={isOutside ? "month-day is-outside" : "month-day"}
              href={`/timesheet/${day}?person=${personId}`}
            >
              <span class="visually-hidden">{formatDay(locale, day, "full")}</span>
              <span class={isOutside ? "faint number" : "number"} aria-hidden="true">
                <span class={day === nowDay ? "is-today" : undefined}>{formatDay(locale, day, "number")}</span>
              </span>
              {total && (
                <>
                  <span class="month-total number">{formatDuration(total.wall_seconds)}</span>
                  <span class="month-bar" style={{ width: `${(total.wall_seconds / most) * 100}%` }} />
                </>
              )}
            </a>
          );
        })}
      </div>
      <div class="panel-foot">
        <span>{t("ts.total")}</span>
        <strong class="number">{formatDuration(sum)}</strong>
      </div>
    </>
  );
}
