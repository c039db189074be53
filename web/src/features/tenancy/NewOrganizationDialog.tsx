import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { createOrganization } from "../../platform/session";
import { t } from "./words";
import { browserZone } from "../../platform/dates";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { ProblemNotice } from "../../ui/ProblemNotice";
import { TimeZoneField } from "../../ui/TimeZoneField";
import { useSubmit } from "../../ui/useSubmit";

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
