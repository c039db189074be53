import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { TimeZoneField } from "../../../ui/TimeZoneField";
import { toastUndoSimple } from "../../../ui/undo";
import { useSubmit } from "../../../ui/useSubmit";
import { may, saveOrganization, type Organization } from "../../../platform/session";
import { t } from "../words";

export function OrganizationForm({ organization }: { organization: Organization }) {
  const [name, setName] = useState(organization.name);
  const [timeZone, setTimeZone] = useState(organization.time_zone);
  const isChanged = name.trim() !== organization.name || timeZone !== organization.time_zone;
  const { submit, isBusy, problem } = useSubmit(async () => {
    const { id, name: nameBefore, time_zone } = organization;
    await saveOrganization(id, { name: name.trim(), time_zone: timeZone });
    toastUndoSimple(t("settings.saved"), () => saveOrganization(id, { name: nameBefore, time_zone }));
  });
  return (
    <form class="panel" onSubmit={submit} aria-labelledby="organization-title">
      <div class="panel-head">
        <h2 id="organization-title">{t("settings.organization")}</h2>
      </div>
      <fieldset class="panel-body stack" disabled={!may("admin")}>
        <TextField label={t("common.name")} required maxLength={200} value={name} onValue={setName} />
        <TimeZoneField
          label={t("settings.timeZone")}
          hint={t("settings.timeZoneHint")}
          value={timeZone}
          onValue={setTimeZone}
        />
        {timeZone !== organization.time_zone && <p class="soft">{t("settings.zoneChange")}</p>}
        <ProblemNotice problem={problem} />
      </fieldset>
      {may("admin") && (
        <div class="panel-foot">
          <span />
          <Button type="submit" variant="primary" busy={isBusy} disabled={!isChanged}>
            {t("common.save")}
          </Button>
        </div>
      )}
    </form>
  );
}
