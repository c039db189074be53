import { Page } from "../components/Page";
import { t } from "../i18n";

export function PlacesPage() {
  return <Page title={t("nav.places")}>{null}</Page>;
}
