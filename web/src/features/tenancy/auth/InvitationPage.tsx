import { useLocation } from "preact-iso";
import { Button } from "../../../ui/Button";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toast } from "../../../ui/Toasts";
import { useSubmit } from "../../../ui/useSubmit";
import { signOut } from "../../../platform/auth";
import { dropInvitation } from "../../../platform/invitation-token";
import { acceptInvitation } from "../data";
import { organization, session } from "../../../platform/session";
import { t, tx } from "../words";
import { Gate } from "./Gate";

/** Where the link of an invitation lands, once its bearer is signed in. */
export function InvitationPage({ token }: { token: string }) {
  const { route } = useLocation();
  const goOn = () => {
    route("/today", true);
    dropInvitation();
  };
  const { submit, isBusy, problem } = useSubmit(async () => {
    await acceptInvitation(token);
    goOn();
    toast(t("invite.joined", { name: organization.value?.name ?? "" }));
  });
  const isForAnother = problem?.code === "invitation_for_another";
  // Every other refusal is final: another try says the same.
  const isOver = problem && !isForAnother && problem.status >= 400 && problem.status < 500;
  return (
    <Gate title={t("invite.title")} lead={t("invite.lead")}>
      <p>{tx("invite.signedInAs", { email: <strong>{session.value?.user.email}</strong> })}</p>
      <ProblemNotice problem={problem} />
      {isForAnother ? (
        // The invitation stays: whoever signs in next may accept it.
        <Button variant="primary" wide onClick={() => void signOut()}>
          {t("invite.another")}
        </Button>
      ) : (
        !isOver && (
          <Button variant="primary" wide busy={isBusy} onClick={() => submit()}>
            {t("invite.accept")}
          </Button>
        )
      )}
      <Button wide variant={isOver ? "primary" : "ghost"} onClick={goOn}>
        {t(isOver ? "invite.goOn" : "invite.decline")}
      </Button>
    </Gate>
  );
}
