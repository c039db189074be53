import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { Notice } from "../../../ui/Notice";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { signUp } from "../../../platform/auth";
import { pendingInvitation } from "../../../platform/invitation-token";
import { t } from "../words";
import { Gate } from "./Gate";

/** The same as in supabase/config.toml. */
export const MINIMUM_PASSWORD_LENGTH = 10;

export function SignUpPage() {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isMailSent, setMailSent] = useState(false);
  const { route } = useLocation();
  const { submit, isBusy, problem } = useSubmit(async () => {
    const mustConfirm = await signUp(email.trim(), password, name.trim());
    if (mustConfirm) setMailSent(true);
    else route("/today", true);
  });
  if (isMailSent) {
    return (
      <Gate title={t("auth.lookInMail")}>
        <Notice kind="running">{t("auth.confirmSent", { email })}</Notice>
        <a href="/sign-in">{t("auth.backToSignIn")}</a>
      </Gate>
    );
  }
  return (
    <Gate title={t("auth.signUp")} lead={t("auth.signUpLead")}>
      {pendingInvitation.value && <Notice>{t("invite.signInFirst")}</Notice>}
      <form class="stack" onSubmit={submit}>
        <TextField
          label={t("auth.yourName")}
          autoComplete="name"
          required
          maxLength={200}
          value={name}
          onValue={setName}
        />
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
          hint={t("auth.passwordHint", { count: MINIMUM_PASSWORD_LENGTH })}
          type="password"
          autoComplete="new-password"
          required
          minLength={MINIMUM_PASSWORD_LENGTH}
          value={password}
          onValue={setPassword}
        />
        <ProblemNotice problem={problem} />
        <Button type="submit" variant="primary" wide busy={isBusy}>
          {t("auth.signUp")}
        </Button>
      </form>
      <p>
        <a href="/sign-in">{t("auth.haveAccount")}</a>
      </p>
    </Gate>
  );
}
