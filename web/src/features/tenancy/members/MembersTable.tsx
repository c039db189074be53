import { CircleCheck, CirclePause, Pause, Play, UserMinus } from "lucide-preact";
import { useState } from "preact/hooks";
import { actAtOnce } from "../../../ui/act";
import { Ago } from "../../../platform/Ago";
import { Avatar } from "../../../ui/Avatar";
import { Button } from "../../../ui/Button";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { State } from "../../../ui/State";
import { toast } from "../../../ui/Toasts";
import { changeRole, removeMember, ROLES, setMemberActive, type Member } from "../data";
import type { Pages } from "../../../platform/pages";
import { may, readMemberships, session, type Role } from "../../../platform/session";
import { t } from "../words";
import { Table } from "../../../ui/Table";
import "./members.css";

interface MembersTableProps {
  pages: Pages<Member>;
  rows: Member[];
  /** What people are called, by account. */
  names: Record<string, string>;
}

export function MembersTable({ pages, rows, names }: MembersTableProps) {
  const [removing, setRemoving] = useState<Member>();
  const [lowering, setLowering] = useState<{ member: Member; role: Role }>();
  const isAdmin = may("admin");
  const ownId = session.value?.user.id;
  const patch = (member: Member, changes: Partial<Member>) =>
    pages.patch((all) => all.map((row) => (row.id === member.id ? { ...row, ...changes } : row)));

  const setRole = (member: Member, role: Role) => {
    // Nobody gives away their own say by a slip of the hand.
    if (member.user_id === ownId) return setLowering({ member, role });
    void actAtOnce({
      show: () => patch(member, { role }),
      act: () => changeRole(member.id, role),
      said: t("members.roleChanged", { name: member.email, role: t(`role.${role}`) }),
      undo: () => changeRole(member.id, member.role).then(pages.reload),
    });
  };
  const setActive = (member: Member, isActive: boolean) =>
    void actAtOnce({
      show: () => patch(member, { is_active: isActive }),
      act: () => setMemberActive(member.id, isActive),
      said: t(isActive ? "members.reactivated" : "members.suspended", { name: member.email }),
      undo: () => setMemberActive(member.id, !isActive).then(pages.reload),
    });

  return (
    <div class="table-wrap">
      <Table
        caption={t("members.title")}
        columns={[
          { title: t("members.account") },
          { title: t("members.role") },
          { title: t("members.state") },
          { title: t("members.since") },
          { title: t("common.more"), isHidden: true },
        ]}
        hover
        cards
      >
        {rows.map((member) => {
          const isOwn = member.user_id === ownId;
          const name = names[member.user_id] ?? member.email;
          return (
            <tr key={member.id}>
              <td>
                <span class="cluster-tight">
                  <Avatar name={name} />
                  <span class="member-name">
                    <span class="strong truncate">{name}</span>
                    {isOwn && <span class="chip state-calm state">{t("members.you")}</span>}
                    {name !== member.email && <span class="soft truncate">{member.email}</span>}
                  </span>
                </span>
              </td>
              <td>
                {isAdmin ? (
                  <select
                    class="input input-auto"
                    aria-label={t("members.roleOf", { name: member.email })}
                    value={member.role}
                    onChange={(event) => {
                      const role = event.currentTarget.value as Role;
                      // What is shown follows the list, not the control.
                      event.currentTarget.value = member.role;
                      setRole(member, role);
                    }}
                  >
                    {ROLES.map((role) => (
                      <option key={role} value={role}>
                        {t(`role.${role}`)}
                      </option>
                    ))}
                  </select>
                ) : (
                  t(`role.${member.role}`)
                )}
              </td>
              <td>
                {member.is_active ? (
                  <State meaning="running" icon={CircleCheck}>
                    {t("members.active")}
                  </State>
                ) : (
                  <State meaning="attention" icon={CirclePause}>
                    {t("members.isSuspended")}
                  </State>
                )}
              </td>
              <td class="soft" data-label={t("members.since")}>
                <Ago at={member.created_at} />
              </td>
              <td class="end tight card-corner">
                {isAdmin && !isOwn && (
                  <>
                    <Button
                      small
                      variant="ghost"
                      icon={member.is_active ? Pause : Play}
                      label={`${t(member.is_active ? "members.suspend" : "members.reactivate")}: ${member.email}`}
                      onClick={() => setActive(member, !member.is_active)}
                    />
                    <Button
                      small
                      variant="ghost"
                      icon={UserMinus}
                      label={`${t("members.remove")}: ${member.email}`}
                      onClick={() => setRemoving(member)}
                    />
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </Table>
      {removing && (
        <ConfirmDialog
          title={t("members.removeTitle", { name: removing.email })}
          act={t("members.remove")}
          danger
          onConfirm={async () => {
            await removeMember(removing.id);
            toast(t("members.removed", { name: removing.email }));
            pages.reload();
          }}
          onClose={() => setRemoving(undefined)}
        >
          {t("members.removeText")}
        </ConfirmDialog>
      )}
      {lowering && (
        <ConfirmDialog
          title={t("members.ownRoleTitle", { role: t(`role.${lowering.role}`) })}
          act={t("members.ownRoleAct")}
          danger
          onConfirm={async () => {
            await changeRole(lowering.member.id, lowering.role);
            await readMemberships();
            pages.reload();
          }}
          onClose={() => setLowering(undefined)}
        >
          {t("members.ownRoleText")}
        </ConfirmDialog>
      )}
    </div>
  );
}
