import { BellRing, CircleCheck, Nfc, Siren, Tag } from "lucide-preact";
import { Ago } from "../../../platform/Ago";
import { alertWords } from "../../alerts/AlertWords";
import { Icon } from "../../../ui/Icon";
import { State } from "../../../ui/State";
import { useAlertSources, type Alert } from "../../alerts/data";
import type { SilentDevice } from "../../devices/data/devices";
import { t } from "../words";
import "./today.css";

interface AttentionPanelProps {
  alerts: { rows: Alert[]; count: number } | undefined;
  unassigned: number | undefined;
  silent: { rows: SilentDevice[]; count: number } | undefined;
  /** How much there is; undefined: not known yet. */
  count: number | undefined;
}

/** What waits for somebody. It says that all is well only when it knows. */
export function AttentionPanel({ alerts, unassigned, silent, count }: AttentionPanelProps) {
  const sources = useAlertSources(alerts?.rows).data ?? {};
  const more = (alerts?.count ?? 0) - (alerts?.rows.length ?? 0);
  const moreSilent = (silent?.count ?? 0) - (silent?.rows.length ?? 0);
  return (
    <section class="panel" id="attention">
      <div class="panel-head">
        <h2>{t("today.attention")}</h2>
      </div>
      {count === 0 ? (
        <div class="panel-body">
          <State meaning="calm" icon={CircleCheck}>
            {t("today.nothing")}
          </State>
        </div>
      ) : (
        <ul class="todo">
          {alerts?.rows.map((alert) => (
            <li key={alert.id} class={alert.severity === "critical" ? "critical" : undefined}>
              <a href={`/alerts/${alert.id}`}>
                <Icon of={alert.severity === "critical" ? Siren : BellRing} />
                <span class="grow">
                  {alertWords(alert, sources[alert.source_id])}{" "}
                  <span class="faint small">
                    <Ago at={alert.last_raised_at} />
                  </span>
                </span>
              </a>
            </li>
          ))}
          {more > 0 && (
            <li>
              <a href="/alerts">
                <Icon of={BellRing} />
                {t("today.alertsMore", { count: more })}
              </a>
            </li>
          )}
          {unassigned !== undefined && unassigned > 0 && (
            <li>
              <a href="/tags">
                <Icon of={Tag} />
                {t("today.unassigned", { count: unassigned })}
              </a>
            </li>
          )}
          {silent?.rows.map((device) => (
            <li key={device.id}>
              <a href={`/devices/${device.id}`}>
                <Icon of={Nfc} />
                <span class="grow">
                  {t("today.silent", { device: device.name })}{" "}
                  <span class="faint small">
                    <Ago at={device.last_seen_at} />
                  </span>
                </span>
              </a>
            </li>
          ))}
          {moreSilent > 0 && (
            <li>
              <a href="/devices">
                <Icon of={Nfc} />
                {t("today.silentMore", { count: moreSilent })}
              </a>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
