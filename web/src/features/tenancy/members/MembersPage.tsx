import { LogOut, UserPlus } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/Button";
import { LeaveDialog } from "../LeaveDialog";
import { ListFoot } from "../../../ui/ListFoot";
import { Page } from "../../../ui/Page";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { SkeletonRows } from "../../../ui/Skeleton";
import { useNewShortcut } from "../../../ui/useNewShortcut";
import { useAccountNames, useMemberPages } from "../data";
import { may, membership } from "../../../platform/session";
import { t } from "../words";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { MembersTable } from "./MembersTable";
import { RolesNotice } from "./RolesNotice";

export function MembersPage() {
  const { query, route } = useLocation();
  const wanted = query["invite"];
  const mayInvite = may("admin");
  const [isInviting, setInviting] = useState(wanted !== undefined && mayInvite);
  const [isLeaving, setLeaving] = useState(false);
  const pages = useMemberPages();
  const names = useAccountNames().data ?? {};
  useNewShortcut(() => setInviting(true), mayInvite);
  return (
    <Page
      title={t("members.title")}
      lead={t("members.lead")}
      actions={
        <>
          <Button icon={LogOut} onClick={() => setLeaving(true)}>
            {t("members.leave")}
          </Button>
          {mayInvite && (
            <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
              {t("members.invite")}
            </Button>
          )}
        </>
      }
    >
      <div class="stack">
        <ProblemNotice problem={pages.problem} retry={pages.reload} />
        <section class="panel">
          {pages.rows ? <MembersTable pages={pages} rows={pages.rows} names={names} /> : !pages.problem && <SkeletonRows />}
          <ListFoot pages={pages} />
        </section>
        {mayInvite && <Invitations />}
        <RolesNotice />
      </div>
      {isInviting && (
        <InviteDialog
          email={wanted ?? ""}
          onClose={() => {
            setInviting(false);
            if (wanted !== undefined) route("/members", true);
          }}
        />
      )}
      {isLeaving && <LeaveDialog membership={membership.value!} onClose={() => setLeaving(false)} />}
    </Page>
  );
}
