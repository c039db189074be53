import { formatterOf } from "../formatter";

type Values = Record<string, string | number>;

/** Fills `{name}`; numbers as the locale writes them. */
export function fill(message: string, values: Values | undefined, locale: string): string {
  if (!values) return message;
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? formatterOf(Intl.NumberFormat, locale).format(value) : value;
  });
}

export function pickPlural(
  messages: Record<string, string>,
  id: string,
  count: number,
  locale: string,
): string | undefined {
  return messages[`${id}_${formatterOf(Intl.PluralRules, locale).select(count)}`] ?? messages[`${id}_other`];
}

export function splitMessage(message: string): ({ text: string } | { name: string })[] {
  return message
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { name: piece.slice(1, -1) } : { text: piece }));
}
