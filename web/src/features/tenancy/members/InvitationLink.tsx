import { Notice } from "../../../ui/Notice";
import { Secret } from "../../../ui/Secret";
import type { NewInvitation } from "../data";
import { zone } from "../../../platform/session";
import { formatLocale } from "../../../platform/i18n";
import { t, tx } from "../words";
import { formatDateTime } from "../../../platform/format";

export function InvitationLink({ invitation }: { invitation: NewInvitation }) {
  return (
    <div class="stack">
      <p>
        {tx("members.linkFor", {
          email: <strong>{invitation.email}</strong>,
          role: t(`role.${invitation.role}`),
        })}
      </p>
      <Secret text={invitation.link} label={t("members.copyLink")} />
      <Notice kind="attention">
        {t("members.linkOnce", { time: formatDateTime(formatLocale(), invitation.expires_at, zone.value) })}
      </Notice>
    </div>
  );
}
