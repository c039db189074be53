import { useState } from "preact/hooks";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useInvitations, type NewInvitation } from "../data";
import { t } from "../words";
import { InvitationRow } from "./InvitationRow";
import { InviteDialog } from "./InviteDialog";

/** Who was asked and has not answered yet. */
export function Invitations() {
  const { data: invitations, problem, reload } = useInvitations();
  const [renewed, setRenewed] = useState<NewInvitation>();
  return (
    <>
      <ProblemNotice problem={problem} retry={() => void reload()} />
      {invitations && invitations.length > 0 && (
        <section class="panel" aria-labelledby="invitations-title">
          <div class="panel-head">
            <h2 id="invitations-title">{t("members.invitations")}</h2>
          </div>
          <div class="table-wrap">
            <table class="table table-cards">
              <caption class="visually-hidden">{t("members.invitations")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("auth.email")}</th>
                  <th scope="col">{t("members.role")}</th>
                  <th scope="col">{t("members.state")}</th>
                  <th scope="col">
                    <span class="visually-hidden">{t("common.more")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {invitations.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} onRenewed={setRenewed} />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {renewed && <InviteDialog email={renewed.email} made={renewed} onClose={() => setRenewed(undefined)} />}
    </>
  );
}
