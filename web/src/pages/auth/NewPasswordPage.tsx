import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { ProblemNotice } from "../../components/ProblemNotice";
import { toast } from "../../components/Toasts";
import { useSubmit } from "../../components/useSubmit";
import { changePassword, endRecovery } from "../../data/auth";
import { session } from "../../data/session";
import { t } from "../../i18n";
import { Gate } from "./Gate";
import { MINIMUM_PASSWORD_LENGTH } from "./SignUpPage";

/** Where the link of the reset mail lands. */
export function NewPasswordPage() {
  const [password, setPassword] = useState("");
  const { route } = useLocation();
  const goOn = () => {
    route("/today", true);
    endRecovery();
  };
  const { submit, isBusy, problem } = useSubmit(async () => {
    await changePassword(password);
    toast(t("auth.passwordChanged"));
    goOn();
  });
  return (
    <Gate title={t("auth.newPasswordTitle")} lead={session.value?.user.email}>
      <form class="stack" onSubmit={submit}>
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
        <ProblemNotice problem={problem} />
        <Button type="submit" variant="primary" wide busy={isBusy}>
          {t("auth.savePassword")}
        </Button>
        <Button variant="ghost" wide onClick={goOn}>
          {t("auth.keepPassword")}
        </Button>
      </form>
    </Gate>
  );
}
