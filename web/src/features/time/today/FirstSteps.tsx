import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { addYourself, useOwnPerson } from "../../book/data/people";
import { profile, session } from "../../../platform/session";
import { t } from "../words";
import "./today.css";

/** What a new organization does first. */
export function FirstSteps() {
  const user = session.value!.user;
  const own = useOwnPerson(user.id);
  const [isAdded, setAdded] = useState(false);
  const { submit, isBusy, problem } = useSubmit(async () => {
    await addYourself(profile.value?.display_name || user.email!, user.email!, user.id);
    setAdded(true);
  });
  const hasYou = isAdded || Boolean(own.data);
  return (
    <section class="panel first-steps">
      <div class="panel-head">
        <h2>{t("start.title")}</h2>
      </div>
      <ProblemNotice problem={problem} />
      <ol class="steps">
        <li class={hasYou ? "is-done" : undefined}>
          <span>{t("start.you")}</span>
          {!hasYou && (
            <Button variant="primary" busy={isBusy} onClick={submit}>
              {t("start.youAction")}
            </Button>
          )}
        </li>
        <li>
          <span>{t("start.reader")}</span>
          <Button href="/devices?new" variant={hasYou ? "primary" : undefined}>
            {t("start.readerAction")}
          </Button>
        </li>
        <li>
          <span>{t("start.tap")}</span>
        </li>
        <li>
          <span>{t("start.tag")}</span>
        </li>
      </ol>
    </section>
  );
}
