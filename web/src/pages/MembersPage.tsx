import { Page } from "../components/Page";
import { t } from "../i18n";

export function MembersPage() {
  return <Page title={t("nav.members")}>{null}</Page>;
}
