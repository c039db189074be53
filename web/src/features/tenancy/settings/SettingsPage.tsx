import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/Notice";
import { may, organization } from "../../../platform/session";
import { t } from "../../../platform/i18n";
import { DangerPanel } from "./DangerPanel";
import { OrganizationForm } from "./OrganizationForm";
import { RulesPanel } from "../../time/rules/RulesPanel";

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
