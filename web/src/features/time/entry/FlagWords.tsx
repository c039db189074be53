import { CircleAlert, GitCompareArrows, Layers2, TimerOff } from "lucide-preact";
import type { Flag } from "../data/entries";
import { t } from "../words";
import { State } from "../../../ui/State";
import "./entry.css";

const ICONS = {
  removal_missed: CircleAlert,
  auto_closed: TimerOff,
  contradicted: GitCompareArrows,
  overlapping: Layers2,
};

/** What is odd about an entry: a short word, and the whole story on hover or, with `long`, beside it. */
export function FlagWords({ flags, long }: { flags: readonly Flag[]; long?: boolean }) {
  if (flags.length === 0) return null;
  if (long) {
    return (
      <ul class="stack-tight flag-list">
        {flags.map((flag) => (
          <li key={flag}>
            <State meaning="attention" icon={ICONS[flag]}>
              {t(`flag.${flag}`)}
            </State>
            <p class="soft">{t(`flag.${flag}.long`)}</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <span class="cluster">
      {flags.map((flag) => (
        <State key={flag} meaning="attention" icon={ICONS[flag]} chip title={t(`flag.${flag}.long`)}>
          {t(`flag.${flag}`)}
        </State>
      ))}
    </span>
  );
}
