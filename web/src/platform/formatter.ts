const kept = new Map<string, unknown>();

/** Intl's formatters are dear to make and cheap to keep. */
export function formatterOf<Formatter, Options>(
  Kind: new (locale: string, options?: Options) => Formatter,
  locale: string,
  options?: Options,
): Formatter {
  const key = `${Kind.name} ${locale} ${JSON.stringify(options)}`;
  const found = (kept.get(key) as Formatter | undefined) ?? new Kind(locale, options);
  kept.set(key, found);
  return found;
}
