import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { TimeZoneField } from "../../../ui/TimeZoneField";
import { useSubmit } from "../../../ui/useSubmit";
import { signOut } from "../../../platform/auth";
import { createOrganization, session } from "../../../platform/session";
import { t } from "../words";
import { browserZone } from "../../../platform/dates";
import { Gate } from "./Gate";

/** For whoever belongs to no organization yet. */
export function WelcomePage() {
  const [name, setName] = useState("");
  const [timeZone, setTimeZone] = useState(browserZone());
  const { submit, isBusy, problem } = useSubmit(() => createOrganization(name.trim(), timeZone));
  return (
    <Gate title={t("welcome.title")} lead={t("welcome.lead")}>
      <form class="stack" onSubmit={submit}>
        <TextField
          label={t("welcome.name")}
          hint={t("welcome.nameHint")}
          required
          maxLength={200}
          value={name}
          onValue={setName}
        />
        <TimeZoneField
          label={t("settings.timeZone")}
          hint={t("settings.timeZoneHint")}
          value={timeZone}
          onValue={setTimeZone}
        />
        <ProblemNotice problem={problem} />
        <Button type="submit" variant="primary" wide busy={isBusy}>
          {t("welcome.create")}
        </Button>
      </form>
      <p class="soft">{t("welcome.invited")}</p>
      <div class="spread">
        <span class="faint truncate">{session.value?.user.email}</span>
        <Button variant="ghost" onClick={() => void signOut()}>
          {t("auth.signOut")}
        </Button>
      </div>
    </Gate>
  );
}
