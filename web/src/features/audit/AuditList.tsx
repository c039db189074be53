import type { AuditLine } from "./data";
import { useRowNames } from "./names";
import { zone } from "../../platform/session";
import { formatLocale } from "../../platform/i18n";
import { dayOf } from "../../platform/dates";
import { formatDay } from "../../platform/format";
import { AuditEntry } from "./AuditEntry";
import "./audit.css";

/** The log as a diary: a heading for each day, a sentence for each act. */
export function AuditList({ lines, accounts }: { lines: AuditLine[]; accounts: Record<string, string> }) {
  const names = { ...useRowNames(lines), ...accounts };
  const days = Map.groupBy(lines, (line) => dayOf(line.occurred_at, zone.value));
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 class="audit-day" id={`day-${day}`}>
            {formatDay(formatLocale(), day, "full")}
          </h2>
          <ol class="audit">
            {ofDay.map((line) => (
              <AuditEntry key={line.id} line={line} names={names} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
