import { useLocation } from "preact-iso";
import { leaveOrganization } from "./data";
import type { Membership } from "../../platform/session";
import { t } from "./words";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { toast } from "../../ui/Toasts";

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
