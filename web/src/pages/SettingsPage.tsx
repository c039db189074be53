import { Page } from "../components/Page";
import { t } from "../i18n";

export function SettingsPage() {
  return <Page title={t("nav.settings")}>{null}</Page>;
}
