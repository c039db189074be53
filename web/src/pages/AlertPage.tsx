import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { AlertLine } from "../components/AlertLine";
import { When } from "../components/Ago";
import { Page } from "../components/Page";
import { ProblemNotice } from "../components/ProblemNotice";
import { SkeletonRows } from "../components/Skeleton";
import { useAlert, useAlertSources } from "../data/alerts";
import { useHomeOf } from "../data/home";
import { useAccountNames } from "../data/members";
import { t } from "../i18n";
import { AlertDialog } from "./alerts/AlertDialog";

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
