import { useState } from "preact/hooks";
import { signIn } from "../data/auth";
import { session } from "../data/session";
import { signOutHere } from "../data/sign-out";
import { t } from "../i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { ProblemNotice } from "./ProblemNotice";
import { useSubmit } from "./useSubmit";

/** Over the page when its session has ended, hiding it; behind it everything stays as it was typed. */
export function SignInAgain() {
  const [password, setPassword] = useState("");
  const email = session.value?.user.email ?? "";
  const { submit, isBusy, problem } = useSubmit(() => signIn(email, password));
  return (
    <Dialog
      title={t("expired.title")}
      isCurtain
      onSubmit={submit}
      foot={
        <>
          <Button onClick={() => void signOutHere()}>{t("expired.leave")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("auth.signIn")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{t("expired.text", { email })}</p>
        <TextField
          label={t("auth.password")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
