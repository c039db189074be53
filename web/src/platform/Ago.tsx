import { zone } from "./session";
import { formatLocale } from "./i18n";
import { nowSlow } from "./clock";
import { formatAgo, formatDateTime, formatExact } from "./format";

/** "2 min ago", exact on hover. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(formatLocale(), at, zone.value)} class="nowrap">
      {formatAgo(formatLocale(), at, Math.max(nowSlow.value, Date.parse(at)))}
    </time>
  );
}

export function When({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(formatLocale(), at, zone.value)} class="number">
      {formatDateTime(formatLocale(), at, zone.value)}
    </time>
  );
}
