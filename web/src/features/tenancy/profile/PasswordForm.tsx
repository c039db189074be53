import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { changeOwnPassword, signOutEverywhereElse } from "../../../platform/auth";
import { session } from "../../../platform/session";
import { t } from "../words";
import { MINIMUM_PASSWORD_LENGTH } from "../auth/SignUpPage";

export function PasswordForm() {
  const email = session.value?.user.email ?? "";
  const [before, setBefore] = useState("");
  const [password, setPassword] = useState("");
  const [endsOthers, setEndsOthers] = useState(true);
  const { submit, isBusy, problem } = useSubmit(async () => {
    await changeOwnPassword(email, before, password);
    if (endsOthers) await signOutEverywhereElse();
    setBefore("");
    setPassword("");
    toast(t("auth.passwordChanged"));
  });
  const isWrong = problem?.code === "invalid_credentials";
  return (
    <form class="panel" onSubmit={submit} aria-labelledby="password-title">
      <div class="panel-head">
        <h2 id="password-title">{t("profile.password")}</h2>
      </div>
      <div class="panel-body stack">
        {/* Password managers want to know whose password it is. */}
        <input type="text" hidden autoComplete="username" value={email} readOnly />
        <TextField
          label={t("profile.passwordNow")}
          type="password"
          autoComplete="current-password"
          required
          error={isWrong ? t("profile.passwordWrong") : undefined}
          value={before}
          onValue={setBefore}
        />
        <TextField
          label={t("auth.newPassword")}
          hint={t("auth.passwordHint", { count: MINIMUM_PASSWORD_LENGTH })}
          type="password"
          autoComplete="new-password"
          required
          minLength={MINIMUM_PASSWORD_LENGTH}
          value={password}
          onValue={setPassword}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={endsOthers}
            onChange={(event) => setEndsOthers(event.currentTarget.checked)}
          />
          {t("profile.endOthers")}
        </label>
        {!isWrong && <ProblemNotice problem={problem} />}
      </div>
      <div class="panel-foot">
        <span />
        <Button type="submit" variant="primary" busy={isBusy}>
          {t("profile.changePassword")}
        </Button>
      </div>
    </form>
  );
}
