import { useState } from "preact/hooks";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { ProblemNotice } from "../../components/ProblemNotice";
import { TimeZoneField } from "../../components/TimeZoneField";
import { useSubmit } from "../../components/useSubmit";
import { signOut } from "../../data/auth";
import { createOrganization, session } from "../../data/session";
import { t } from "../../i18n";
import { browserZone } from "../../lib/dates";
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
