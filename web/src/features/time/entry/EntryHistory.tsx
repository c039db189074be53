import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useEntryHistory, type HistoryLine } from "../data/corrections";
import { usePersonNames } from "../../book/data/names";
import { zone } from "../../../platform/session";
import { formatLocale, tMaybe } from "../../../platform/i18n";
import { t, tx } from "../words";
import { formatDateTime } from "../../../platform/format";
import { When } from "../../../platform/Ago";
import "./entry.css";

const FIELDS = ["started_at", "ended_at", "person_id", "project_id", "note"] as const;

/** What people did to this entry, as sentences. */
export function EntryHistory({ entryId, version }: { entryId: string; version: number }) {
  const history = useEntryHistory(entryId);
  useEffect(() => void history.reload(), [version]);
  const names = usePersonNames(history.data);
  return (
    <div class="panel-body history-part">
      <h3>{t("entry.history")}</h3>
      {history.data?.length === 0 && <p class="soft">{t("entry.noHistory")}</p>}
      <ol class="history">
        {history.data?.map((line) => (
          <li key={line.id}>
            <p>{sentence(line, names)}</p>
            {line.reason && <p class="soft">{t("history.reason", { reason: line.reason })}</p>}
            <p class="small faint">
              <When at={line.occurred_at} />
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function sentence(line: HistoryLine, names: Record<string, string>): ComponentChildren {
  const who = <strong>{line.actor_name ?? t(line.actor_kind === "system" ? "history.system" : "history.someone")}</strong>;
  if (line.action === "change") {
    const what = FIELDS.filter((field) => line.before?.[field] !== line.after?.[field])
      .map((field) =>
        t("history.fromTo", {
          field: t(`field.${field}`),
          from: shown(field, line.before?.[field], names),
          to: shown(field, line.after?.[field], names),
        }),
      )
      .join(", ");
    return tx("history.change", { who, what });
  }
  if (tMaybe(`history.${line.action}`)) return tx(`history.${line.action as "delete"}`, { who });
  return tx("history.other", { who, what: line.action });
}

function shown(field: (typeof FIELDS)[number], value: unknown, names: Record<string, string>): string {
  if (typeof value !== "string" || value === "") {
    return field === "ended_at" ? t("time.running") : t("history.empty");
  }
  if (field === "started_at" || field === "ended_at") return formatDateTime(formatLocale(), value, zone.value);
  if (field === "note") return `“${value}”`;
  return names[value] ?? "…";
}
