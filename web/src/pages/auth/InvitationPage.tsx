import { t } from "../../i18n";
import { Gate } from "./Gate";

/** Where the link of an invitation lands, once its bearer is signed in. */
export function InvitationPage() {
  return <Gate title={t("nav.members")}>{null}</Gate>;
}
