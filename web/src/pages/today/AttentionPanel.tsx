import { BellRing, CircleCheck, Nfc, Siren, Tag } from "lucide-preact";
import { Ago } from "../../components/Ago";
import { alertWords } from "../../components/AlertWords";
import { Icon } from "../../components/Icon";
import { State } from "../../components/State";
import { useAlertSources, type Alert } from "../../data/alerts";
import { t } from "../../i18n";

interface AttentionPanelProps {
  alerts: { rows: Alert[]; count: number } | undefined;
  unassigned: number;
  silent: { id: string; name: string; last_seen_at: string }[];
}

export function AttentionPanel({ alerts, unassigned, silent }: AttentionPanelProps) {
  const sources = useAlertSources(alerts?.rows).data ?? {};
  const more = (alerts?.count ?? 0) - (alerts?.rows.length ?? 0);
  const isEmpty = !alerts?.rows.length && !unassigned && silent.length === 0;
  return (
    <section class="panel" id="attention">
      <div class="panel-head">
        <h2>{t("today.attention")}</h2>
      </div>
      {isEmpty ? (
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
          {unassigned > 0 && (
            <li>
              <a href="/tags">
                <Icon of={Tag} />
                {t("today.unassigned", { count: unassigned })}
              </a>
            </li>
          )}
          {silent.map((device) => (
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
        </ul>
      )}
    </section>
  );
}
