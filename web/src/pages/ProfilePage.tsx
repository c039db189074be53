import { Page } from "../components/Page";
import { t } from "../i18n";

export function ProfilePage() {
  return <Page title={t("nav.profile")}>{null}</Page>;
}
