import { Page } from "../components/Page";
import { Notice } from "../components/Notice";
import { may, organization } from "../data/session";
import { t } from "../i18n";
import { DangerPanel } from "./settings/DangerPanel";
import { OrganizationForm } from "./settings/OrganizationForm";
import { RulesPanel } from "./settings/RulesPanel";

export function SettingsPage() {
  const current = organization.value!;
  return (
    <Page title={t("settings.title")}>
      <div class="stack settings">
        {!may("admin") && <Notice>{t("settings.readOnly")}</Notice>}
        <OrganizationForm key={`${current.name}${current.time_zone}`} organization={current} />
        <RulesPanel />
        {may("admin") && <DangerPanel />}
      </div>
    </Page>
  );
}
