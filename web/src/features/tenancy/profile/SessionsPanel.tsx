import { LogOut, MonitorX } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { signOutEverywhere, signOutEverywhereElse } from "../../../platform/auth";
import { signOutHere } from "../../../platform/sign-out";
import { t } from "../words";

/** A phone was lost, a browser left open: which sessions end. */
export function SessionsPanel() {
  const [isAsking, setAsking] = useState(false);
  const others = useSubmit(async () => {
    await signOutEverywhereElse();
    toast(t("profile.othersEnded"));
  });
  return (
    <section class="panel" aria-labelledby="sessions-title">
      <div class="panel-head">
        <h2 id="sessions-title">{t("profile.sessions")}</h2>
      </div>
      <div class="panel-body stack">
        <p class="soft">{t("profile.sessionsLead")}</p>
        <ProblemNotice problem={others.problem} />
        <div class="cluster">
          <Button icon={LogOut} onClick={() => void signOutHere()}>
            {t("profile.signOutHere")}
          </Button>
          <Button icon={MonitorX} busy={others.isBusy} onClick={() => others.submit()}>
            {t("profile.signOutOthers")}
          </Button>
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t("profile.signOutAll")}
          </Button>
        </div>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t("profile.signOutAll")}
          act={t("profile.signOutAll")}
          danger
          onConfirm={async () => {
            await signOutEverywhere();
            await signOutHere();
          }}
          onClose={() => setAsking(false)}
        >
          {t("profile.signOutAllText")}
        </ConfirmDialog>
      )}
    </section>
  );
}
