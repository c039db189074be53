import type { PresenceHour } from "../data/sums";
import { t } from "../words";
import "./reports.css";

interface HourMapProps {
  caption: string;
  hours: PresenceHour[];
  /** ISO weekdays in the order of the locale, with their names. */
  weekdays: { id: number; name: string }[];
  format: (count: number) => string;
}

/** A week of hours, darker where more people are in; a table with the numbers in its cells. */
export function HourMap({ caption, hours, weekdays, format }: HourMapProps) {
  const counts = new Map(hours.map((each) => [`${each.weekday}-${each.hour}`, Number(each.average_people)]));
  const most = Math.max(0.01, ...counts.values());
  const first = Math.min(6, ...hours.map(({ hour }) => hour));
  const last = Math.max(19, ...hours.map(({ hour }) => hour));
  const columns = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={caption}>
      <table class="hour-map">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((hour) => (
              <th key={hour} scope="col">
                {String(hour).padStart(2, "0")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {columns.map((hour) => {
                const count = counts.get(`${id}-${hour}`) ?? 0;
                const label = t("reports.cell", { day: name, hour: String(hour).padStart(2, "0"), count: format(count) });
                return (
                  <td key={hour} title={label}>
                    <span class="hour-cell" style={{ opacity: count ? 0.12 + 0.88 * (count / most) : 0 }} />
                    <span class="visually-hidden">{format(count)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
