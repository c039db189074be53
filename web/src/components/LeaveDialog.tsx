import { useLocation } from "preact-iso";
import { leaveOrganization } from "../data/members";
import type { Membership } from "../data/session";
import { t } from "../i18n";
import { ConfirmDialog } from "./ConfirmDialog";
import { toast } from "./Toasts";

export function LeaveDialog({ membership, onClose }: { membership: Membership; onClose: () => void }) {
  const { id, name } = membership.organization;
  const { route } = useLocation();
  return (
    <ConfirmDialog
      title={t("members.leaveTitle", { name })}
      act={t("members.leave")}
      danger
      onConfirm={async () => {
        await leaveOrganization(id);
        toast(t("members.left", { name }));
        route("/today");
      }}
      onClose={onClose}
    >
      {t("members.leaveText")}
    </ConfirmDialog>
  );
}
