import { Page } from "../components/Page";
import { t } from "../i18n";

export function PeoplePage() {
  return <Page title={t("nav.people")}>{null}</Page>;
}
