import { CircleAlert, Minus } from "lucide-preact";
import type { Tap } from "./data";
import { tMaybe } from "../../platform/i18n";
import { t } from "./words";
import { State } from "../../ui/State";

/** What became of a tap; the entry it made is a link. */
export function OutcomeWords({ tap }: { tap: Tap }) {
  if (!tap.outcome) return null;
  const words = tMaybe(`reason.${tap.reason ?? ""}`) ?? t(`outcome.${tap.outcome}`);
  if (tap.outcome === "anomaly") {
    return (
      <State meaning="attention" icon={CircleAlert}>
        {words}
      </State>
    );
  }
  if (tap.entry_id && (tap.outcome === "opened" || tap.outcome === "closed")) {
    return <a href={`/entries/${tap.entry_id}`}>{t(`outcome.${tap.outcome}`)}</a>;
  }
  return (
    <State meaning="calm" icon={Minus}>
      {words}
    </State>
  );
}
