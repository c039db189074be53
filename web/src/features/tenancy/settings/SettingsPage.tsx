import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/Notice";
import { may, organization } from "../../../platform/session";
import { t } from "../words";
import { DangerPanel } from "./DangerPanel";
import { CapabilitiesPanel } from "./CapabilitiesPanel";
import { OrganizationForm } from "./OrganizationForm";
import { settingsPanels as SettingsPanels } from "../slots";

export function SettingsPage() {
  const current = organization.value!;
  return (
    <Page title={t("settings.title")}>
      <div class="stack settings">
        {!current.is_active && <Notice>{t("settings.inactive")}</Notice>}
        {current.is_active && !may("admin") && <Notice>{t("settings.readOnly")}</Notice>}
        <OrganizationForm key={JSON.stringify(current)} organization={current} />
        <CapabilitiesPanel organization={current} />
        <SettingsPanels />
        {may("admin") && <DangerPanel />}
      </div>
    </Page>
  );
}
