import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { Notice } from "../../../ui/Notice";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { requestPasswordReset } from "../../../platform/auth";
import { t } from "../words";
import { Gate } from "./Gate";

export function ForgotPasswordPage() {
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const { submit, isBusy, problem } = useSubmit(async () => {
    await requestPasswordReset(email.trim());
    setSent(true);
  });
  return (
    <Gate title={t("auth.resetTitle")} lead={t("auth.resetLead")}>
      {isSent ? (
        <Notice kind="running">{t("auth.resetSent", { email })}</Notice>
      ) : (
        <form class="stack" onSubmit={submit}>
          <TextField
            label={t("auth.email")}
            type="email"
            autoComplete="username"
            required
            value={email}
            onValue={setEmail}
          />
          <ProblemNotice problem={problem} />
          <Button type="submit" variant="primary" wide busy={isBusy}>
            {t("auth.sendLink")}
          </Button>
        </form>
      )}
      <p>
        <a href="/sign-in">{t("auth.backToSignIn")}</a>
      </p>
    </Gate>
  );
}
