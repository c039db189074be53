import { zone } from "../../platform/session";
import { formatLocale, tMaybe } from "../../platform/i18n";
import { t } from "./words";
import { formatDateTime } from "../../platform/format";

/** A column as people would say it. */
export const fieldWords = (field: string): string =>
  tMaybe(`audit.field.${field}`) ?? field.replaceAll("_", " ");

/** A value as people would write it: a name for an id, a date for an instant. */
export function valueWords(field: string, value: unknown, names: Record<string, string>): string {
  if (value === null || value === undefined || value === "") return t("audit.nothing");
  if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
  if (Array.isArray(value)) return value.map((each) => valueWords(field, each, names)).join(", ") || t("audit.nothing");
  if (typeof value === "object") return JSON.stringify(value);
  if (typeof value === "string") {
    if (value === "-infinity") return t("rules.always");
    if (field.endsWith("_at") || field === "valid_from") return formatDateTime(formatLocale(), value, zone.value);
    if (field.endsWith("_id") || field.endsWith("_by")) return names[value] ?? t("audit.gone");
    if (field === "role") return tMaybe(`role.${value}`) ?? value;
  }
  return String(value);
}
