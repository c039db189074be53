import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { Notice } from "../../../ui/Notice";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { signIn } from "../../../platform/auth";
import { pendingInvitation } from "../../../platform/invitation-token";
import type { Problem } from "../../../platform/problems";
import { t } from "../words";
import { Gate } from "./Gate";

export function SignInPage({ linkProblem }: { linkProblem?: Problem | undefined }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { route, path } = useLocation();
  const { submit, isBusy, problem } = useSubmit(async () => {
    await signIn(email.trim(), password);
    if (path === "/sign-in" || path === "/reset-password") route("/today", true);
  });
  return (
    <Gate title={t("auth.signIn")} lead={t("auth.signInLead")}>
      {pendingInvitation.value && <Notice>{t("invite.signInFirst")}</Notice>}
      <ProblemNotice problem={linkProblem} />
      <form class="stack" onSubmit={submit}>
        <TextField
          label={t("auth.email")}
          type="email"
          autoComplete="username"
          required
          value={email}
          onValue={setEmail}
        />
        <TextField
          label={t("auth.password")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <ProblemNotice problem={problem} />
        <Button type="submit" variant="primary" wide busy={isBusy}>
          {t("auth.signIn")}
        </Button>
      </form>
      <div class="spread">
        <a href="/sign-up">{t("auth.noAccountYet")}</a>
        <a href="/forgot-password">{t("auth.forgot")}</a>
      </div>
    </Gate>
  );
}
