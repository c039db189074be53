import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { LOCALES, locale, setLocale, type Locale } from "../../../platform/i18n";
import { t } from "../words";
import "./auth.css";

/** The pages before one is in: a form, and beside it what it is all about. */
export function Gate({ title, lead, children }: { title: string; lead?: ComponentChildren; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · Gatebook`;
  }, [title]);
  return (
    <div class="gate">
      <main class="gate-form">
        <div class="gate-mark">
          <img src="/icon.svg" alt="" width="32" height="32" />
          Gatebook
        </div>
        <div class="stack">
          <div>
            <h1>{title}</h1>
            {lead && <p class="soft">{lead}</p>}
          </div>
          {children}
        </div>
        <p class="gate-language">
          <select
            class="input input-auto"
            aria-label={t("profile.language")}
            value={locale.value}
            onChange={(event) => void setLocale(event.currentTarget.value as Locale)}
          >
            {LOCALES.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </p>
      </main>
      <aside class="gate-art" aria-hidden="true">
        <Day />
        <p>{t("gate.art")}</p>
      </aside>
    </div>
  );
}

/** A day as it will look: four people, their hours, one still in. */
function Day() {
  const rows = [
    { y: 30, blocks: [[92, 150, "a"], [262, 120, "b"]] },
    { y: 86, blocks: [[120, 210, "c"]] },
    { y: 142, blocks: [[70, 96, "b"], [180, 60, "a"], [262, 150, "a"]] },
    { y: 198, blocks: [[148, 236, "run"]] },
  ] as const;
  return (
    <svg viewBox="0 0 480 250" class="day-art">
      {[72, 168, 264, 360].map((x) => (
        <path key={x} d={`M${x} 10v226`} class="line" />
      ))}
      {rows.map(({ y, blocks }) => (
        <g key={y}>
          <circle cx="22" cy={y + 16} r="14" class="face" />
          <rect x="52" y={y} width="420" height="32" rx="6" class="track" />
          {blocks.map(([x, width, kind]) => (
            <rect key={x} x={x} y={y} width={width} height="32" rx="6" class={`block-${kind}`} />
          ))}
        </g>
      ))}
      <path d="M384 10v226" class="now" />
    </svg>
  );
}
