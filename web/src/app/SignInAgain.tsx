import { useState } from "preact/hooks";
import { signIn } from "../platform/auth";
import { session } from "../platform/session";
import { signOutHere } from "../platform/sign-out";
import { t } from "./words";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { TextField } from "../ui/Field";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useSubmit } from "../ui/useSubmit";

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
