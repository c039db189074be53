import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { SelectField, TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { TimeZoneField } from "../../../ui/TimeZoneField";
import { toastUndoSimple } from "../../../ui/undo";
import { useSubmit } from "../../../ui/useSubmit";
import { may, saveOrganization, type Organization } from "../../../platform/session";
import { t } from "../words";
import { localeOptions } from "./locales";

export function OrganizationForm({ organization }: { organization: Organization }) {
  const before = {
    name: organization.name,
    time_zone: organization.time_zone,
    slug: organization.slug,
    locale: organization.locale,
    contact_email: organization.contact_email,
  };
  const [typed, setTyped] = useState(before);
  const set = (changes: Partial<typeof typed>) => setTyped({ ...typed, ...changes });
  const after = { ...typed, name: typed.name.trim(), contact_email: typed.contact_email?.trim() || null };
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  const mayChange = may("admin") && organization.is_active;
  const { submit, isBusy, problem } = useSubmit(async () => {
    await saveOrganization(organization.id, after);
    toastUndoSimple(t("settings.saved"), () => saveOrganization(organization.id, before));
  });
  return (
    <form class="panel" onSubmit={submit} aria-labelledby="organization-title">
      <div class="panel-head">
        <h2 id="organization-title">{t("settings.organization")}</h2>
      </div>
      <fieldset class="panel-body stack" disabled={!mayChange}>
        <TextField
          label={t("common.name")}
          required
          maxLength={200}
          value={typed.name}
          onValue={(name) => set({ name })}
        />
        <TextField
          label={t("settings.slug")}
          hint={t("settings.slugHint")}
          required
          minLength={3}
          maxLength={63}
          value={typed.slug}
          onValue={(slug) => set({ slug: slug.toLowerCase() })}
        />
        <TimeZoneField
          label={t("settings.timeZone")}
          hint={t("settings.timeZoneHint")}
          value={typed.time_zone}
          onValue={(time_zone) => set({ time_zone })}
        />
        {typed.time_zone !== before.time_zone && <p class="soft">{t("settings.zoneChange")}</p>}
        <SelectField
          label={t("settings.locale")}
          hint={t("settings.localeHint")}
          value={typed.locale}
          onValue={(locale) => set({ locale })}
          options={localeOptions(before.locale)}
        />
        <TextField
          label={t("settings.contactEmail")}
          hint={t("settings.contactEmailHint")}
          type="email"
          maxLength={320}
          value={typed.contact_email ?? ""}
          onValue={(contact_email) => set({ contact_email })}
        />
        <ProblemNotice problem={problem} />
      </fieldset>
      {mayChange && (
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
