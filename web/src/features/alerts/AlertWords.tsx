import type { Alert } from "./data";
import { zone } from "../../platform/session";
import { formatLocale } from "../../platform/i18n";
import { t } from "./words";
import { formatDateTime } from "../../platform/format";

/** An alert as a sentence. */
export function alertWords(alert: Alert, source: { name: string; at?: string } | undefined): string {
  const name = source?.name ?? "…";
  const percent = alert.details["battery_percent"] ?? alert.details["batteryLevel"];
  const id = alert.kind === "missing_clock_out" && source?.at ? "alert.missing_clock_out.since" : `alert.${alert.kind}` as const;
  return t(id, {
    name,
    time: source?.at ? formatDateTime(formatLocale(), source.at, zone.value) : "",
    percent: typeof percent === "number" ? `(${percent} %)` : "",
  });
}
