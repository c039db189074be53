import { Page } from "../components/Page";
import { t } from "../i18n";

export function PersonPage() {
  return <Page title={t("nav.people")}>{null}</Page>;
}
