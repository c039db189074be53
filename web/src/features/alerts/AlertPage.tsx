import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { AlertLine } from "./AlertLine";
import { When } from "../../platform/Ago";
import { Page } from "../../ui/Page";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { SkeletonRows } from "../../ui/Skeleton";
import { useAlert, useAlertSources } from "./data";
import { useHomeOf } from "../../platform/home";
import { useAccountNames } from "../tenancy/data";
import { t } from "./words";
import { AlertDialog } from "./AlertDialog";

/** The address of one alert, for links from messages. */
export function AlertPage() {
  const { data: alert, problem, reload } = useAlert(useRoute().params["id"]!);
  useHomeOf(alert);
  const sources = useAlertSources(alert && [alert]).data ?? {};
  const names = useAccountNames().data ?? {};
  const [acting, setActing] = useState<"acknowledge" | "clear">();
  const source = alert && sources[alert.source_id];
  return (
    <Page
      title={alert ? t(`alerts.kind.${alert.kind}`) : t("alerts.title")}
      parent={{ href: "/alerts", title: t("alerts.title") }}
    >
      <div class="stack">
        <ProblemNotice problem={problem} retry={() => void reload()} />
        {!alert ? (
          !problem && <SkeletonRows />
        ) : (
          <section class="panel">
            <AlertLine alert={alert} source={source} names={names} onAct={setActing} />
            <p class="panel-foot">
              {t("alerts.since")} <When at={alert.raised_at} />
            </p>
          </section>
        )}
      </div>
      {alert && acting && (
        <AlertDialog
          alert={alert}
          what={acting}
          source={source}
          onSettled={() => void reload()}
          onClose={() => setActing(undefined)}
        />
      )}
    </Page>
  );
}
