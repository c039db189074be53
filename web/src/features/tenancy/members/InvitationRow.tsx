import { Hourglass, Link2, Undo2, X } from "lucide-preact";
import { Button } from "../../../ui/Button";
import { State } from "../../../ui/State";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { invite, revokeInvitation, type Invitation, type NewInvitation } from "../data";
import { formatLocale } from "../../../platform/i18n";
import { t } from "../words";
import { problemWords } from "../../../platform/i18n/problems";
import { nowSlow } from "../../../platform/clock";
import { formatAgo } from "../../../platform/format";

interface InvitationRowProps {
  invitation: Invitation;
  onRenewed: (made: NewInvitation) => void;
}

export function InvitationRow({ invitation, onRenewed }: InvitationRowProps) {
  const { email, role, expires_at } = invitation;
  const now = nowSlow.value;
  const isExpired = Date.parse(expires_at) <= now;
  const renew = useSubmit(async () => onRenewed(await invite(email, role)));
  const revoke = useSubmit(async () => {
    await revokeInvitation(invitation.id);
    toast(t("members.revoked", { name: email }));
  });
  const problem = renew.problem ?? revoke.problem;
  return (
    <tr>
      <td>
        <span class="strong">{email}</span>
        {problem && <div class="state-wrong">{problemWords(problem)}</div>}
      </td>
      <td>{t(`role.${role}`)}</td>
      <td>
        <State meaning={isExpired ? "attention" : "calm"} icon={isExpired ? X : Hourglass}>
          {isExpired ? t("members.expired") : t("members.expires", { when: formatAgo(formatLocale(), expires_at, now) })}
        </State>
      </td>
      <td class="end tight">
        <span class="cluster-tight">
          <Button small icon={Link2} busy={renew.isBusy} onClick={() => renew.submit()} aria-label={`${t("members.newLink")}: ${email}`}>
            {t("members.newLink")}
          </Button>
          <Button small icon={Undo2} busy={revoke.isBusy} onClick={() => revoke.submit()} aria-label={`${t("members.revoke")}: ${email}`}>
            {t("members.revoke")}
          </Button>
        </span>
      </td>
    </tr>
  );
}
