import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { createOrganization } from "../data/session";
import { t } from "../i18n";
import { browserZone } from "../lib/dates";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextField } from "./Field";
import { ProblemNotice } from "./ProblemNotice";
import { TimeZoneField } from "./TimeZoneField";
import { useSubmit } from "./useSubmit";

export function NewOrganizationDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [timeZone, setTimeZone] = useState(browserZone());
  const { route } = useLocation();
  const { submit, isBusy, problem } = useSubmit(async () => {
    await createOrganization(name.trim(), timeZone);
    onClose();
    route("/today");
  });
  return (
    <Dialog
      title={t("frame.newOrganization")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("welcome.create")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField label={t("welcome.name")} required maxLength={200} value={name} onValue={setName} />
        <TimeZoneField label={t("settings.timeZone")} value={timeZone} onValue={setTimeZone} />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
