import { Notice } from "../../components/Notice";
import { Secret } from "../../components/Secret";
import type { NewInvitation } from "../../data/members";
import { zone } from "../../data/session";
import { formatLocale, t, tx } from "../../i18n";
import { formatDateTime } from "../../lib/format";

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
