import { BellRing, Check, Info, Siren } from "lucide-preact";
import type { Alert } from "./data";
import { may } from "../../platform/session";
import { t, tx } from "./words";
import { Ago } from "../../platform/Ago";
import { alertWords } from "./AlertWords";
import { Button } from "../../ui/Button";
import { State } from "../../ui/State";
import "./alerts.css";

const LOOKS = {
  info: { meaning: "calm", icon: Info },
  warning: { meaning: "attention", icon: BellRing },
  critical: { meaning: "wrong", icon: Siren },
} as const;

interface AlertLineProps {
  alert: Alert;
  source: { name: string; at?: string } | undefined;
  names: Record<string, string>;
  onAct: (what: "acknowledge" | "clear") => void;
}

/** What, since when, how often, and who has seen it. */
export function AlertLine({ alert, source, names, onAct }: AlertLineProps) {
  const who = (id: string | null) => (id && names[id]) || t("history.someone");
  const sourceHref = alert.source_type === "device" ? `/devices/${alert.source_id}` : `/entries/${alert.source_id}`;
  return (
    <div class="alert-line">
      <div class="grow stack-tight">
        <div class="cluster">
          <State {...LOOKS[alert.severity]} chip>
            {t(`severity.${alert.severity}`)}
          </State>
          <a class="alert-words" href={`/alerts/${alert.id}`}>
            {alertWords(alert, source)}
          </a>
        </div>
        <p class="small soft">
          <Ago at={alert.last_raised_at} />
          {alert.raise_count > 1 && ` · ${t("alerts.times", { count: alert.raise_count })}`}
          {" · "}
          <a href={sourceHref}>{t("alerts.openSource")}</a>
        </p>
        {alert.acknowledged_at && (
          <p class="small">
            <State meaning="calm" icon={Check}>
              <span>{tx("alerts.ackBy", { who: who(alert.acknowledged_by), when: <Ago at={alert.acknowledged_at} /> })}</span>
            </State>
          </p>
        )}
        {alert.cleared_at && (
          <p class="small">
            <State meaning="running" icon={Check}>
              <span>{tx("alerts.clearedAt", { when: <Ago at={alert.cleared_at} /> })}</span>
            </State>
          </p>
        )}
        {alert.notes && <p class="alert-notes">{alert.notes}</p>}
      </div>
      {may("operator") && !alert.cleared_at && (
        <div class="cluster-tight">
          {!alert.acknowledged_at && (
            <Button small icon={Check} onClick={() => onAct("acknowledge")}>
              {t("alerts.acknowledge")}
            </Button>
          )}
          <Button small variant="ghost" onClick={() => onAct("clear")}>
            {t("alerts.clear")}
          </Button>
        </div>
      )}
    </div>
  );
}
