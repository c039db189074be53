import type { AuditLine } from "./data";
import { zone } from "../../platform/session";
import { formatLocale } from "../../platform/i18n";
import { t } from "./words";
import { changesOf } from "./changes";
import { formatExact, formatTime } from "../../platform/format";
import { AuditSentence } from "./AuditSentence";
import { fieldWords, valueWords } from "./values";
import "./audit.css";

/** A sentence; opened, every field before and after. */
export function AuditEntry({ line, names }: { line: AuditLine; names: Record<string, string> }) {
  const changes = changesOf(line);
  const time = (
    <time class="number faint" dateTime={line.occurred_at} title={formatExact(formatLocale(), line.occurred_at, zone.value)}>
      {formatTime(formatLocale(), line.occurred_at, zone.value)}
    </time>
  );
  const sentence = (
    <span>
      <AuditSentence line={line} names={names} />
      {line.reason && <span class="soft"> {t("history.reason", { reason: line.reason })}</span>}
    </span>
  );
  if (changes.length === 0) {
    return (
      <li class="audit-line audit-closed">
        {time}
        {sentence}
      </li>
    );
  }
  return (
    <li>
      <div class="audit-line audit-closed">
        {time}
        {sentence}
      </div>
      <details>
        <summary class="audit-more">{t("audit.changes")}</summary>
        <table class="audit-changes">
          <caption class="visually-hidden">{t("audit.changes")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("audit.field")}</th>
              {line.before && <th scope="col">{t("audit.before")}</th>}
              {line.after && <th scope="col">{t(line.before ? "audit.after" : "audit.value")}</th>}
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{fieldWords(field)}</th>
                {line.before && (
                  <td>
                    <del>{valueWords(field, before, names)}</del>
                  </td>
                )}
                {line.after && (
                  <td>
                    <ins>{valueWords(field, after, names)}</ins>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </li>
  );
}
