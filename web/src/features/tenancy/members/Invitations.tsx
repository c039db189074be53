import { useState } from "preact/hooks";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { useInvitations, type NewInvitation } from "../data";
import { t } from "../words";
import { InvitationRow } from "./InvitationRow";
import { InviteDialog } from "./InviteDialog";
import { Table } from "../../../ui/Table";

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
            <Table
              caption={t("members.invitations")}
              columns={[
                { title: t("auth.email") },
                { title: t("members.role") },
                { title: t("members.state") },
                { title: t("common.more"), isHidden: true },
              ]}
              cards
            >
              {invitations.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} onRenewed={setRenewed} />
              ))}
            </Table>
          </div>
        </section>
      )}
      {renewed && <InviteDialog email={renewed.email} made={renewed} onClose={() => setRenewed(undefined)} />}
    </>
  );
}
