import { Mail } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { TextField } from "../../../ui/Field";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useSubmit } from "../../../ui/useSubmit";
import { invite, ROLES, type NewInvitation } from "../data";
import { organization, type Role } from "../../../platform/session";
import { t } from "../words";
import { InvitationLink } from "./InvitationLink";
import "./members.css";

interface InviteDialogProps {
  email: string;
  /** An invitation that was just renewed: only its link is left to show. */
  made?: NewInvitation;
  onClose: () => void;
}

export function InviteDialog({ email: wanted, made: renewed, onClose }: InviteDialogProps) {
  const [email, setEmail] = useState(wanted);
  const [role, setRole] = useState<Role>("member");
  const [made, setMade] = useState(renewed);
  const { submit, isBusy, problem } = useSubmit(async () => setMade(await invite(email, role)));
  if (made) {
    const subject = t("members.mailSubject", { name: organization.value!.name });
    const mail = `mailto:${encodeURIComponent(made.email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`${t("members.mailText")}\n\n${made.link}`)}`;
    return (
      <Dialog
        title={t("members.linkTitle")}
        onClose={onClose}
        foot={
          <>
            <Button icon={Mail} href={mail}>
              {t("members.mail")}
            </Button>
            <Button variant="primary" onClick={onClose}>
              {t("common.done")}
            </Button>
          </>
        }
      >
        <InvitationLink invitation={made} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("members.inviteTitle")}
      onClose={onClose}
      onSubmit={submit}
      foot={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("members.makeLink")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <TextField
          label={t("auth.email")}
          hint={t("members.emailHint")}
          type="email"
          required
          maxLength={320}
          autoComplete="off"
          value={email}
          onValue={setEmail}
        />
        <fieldset class="stack-tight">
          <legend class="field-label">{t("members.role")}</legend>
          {[...ROLES].reverse().map((each) => (
            <label key={each} class="choice">
              <input type="radio" name="role" value={each} checked={role === each} onChange={() => setRole(each)} />
              <span>
                <span class="strong">{t(`role.${each}`)}</span>
                <span class="soft">{t(`role.${each}.may`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
