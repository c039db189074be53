import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { changePassword, endRecovery } from "../../../platform/auth";
import { session } from "../../../platform/session";
import { t } from "../words";
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
