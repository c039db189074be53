import { locale } from "../../../platform/i18n";

const OFFERED = ["en", "de", "de-AT", "de-CH", "en-GB", "es"];

/** Languages by their names in the person's own; one that was set elsewhere stays among them. */
export function localeOptions(current: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale.value], { type: "language" });
  return [...new Set([...OFFERED, current])].map((value) => ({ value, label: names.of(value) ?? value }));
}
