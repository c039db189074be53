import { likePattern } from "../../platform/text";
import { db, done, unwrap } from "../../platform/client";
import { usePages, type Page } from "../../platform/pages";
import type { Choice } from "../../ui/Picker";
import { invalidate, useQuery } from "../../platform/query";
import { counting, keyPage } from "../../platform/paging";
import { chooseOrganization, may, organizationId, readMemberships, type Role } from "../../platform/session";

export interface Member {
  id: string;
  user_id: string;
  email: string;
  role: Role;
  is_active: boolean;
  created_at: string;
}

export const ROLES: Role[] = ["admin", "operator", "viewer", "member"];

export function useMemberPages() {
  return usePages<Member>(`members:${organizationId.value}`, async (after) => {
    const query = db()
      .from("memberships")
      .select("id, user_id, email, role, is_active, created_at", counting(after))
      .eq("organization_id", organizationId.peek());
    return keyPage(query, { by: "email" }, after) as Promise<Page<Member>>;
  });
}

/** Names for the ids of accounts: who acknowledged, who corrected. */
export function useAccountNames() {
  return useQuery<Record<string, string>>(
    may("viewer") ? `members:names:${organizationId.value}` : null,
    async () => {
      const organization = organizationId.peek();
      const [members, people] = await Promise.all([
        unwrap(db().from("memberships").select("user_id, email").eq("organization_id", organization).limit(1000)),
        unwrap(
          db()
            .from("people")
            .select("user_id, name")
            .eq("organization_id", organization)
            .not("user_id", "is", null)
            .limit(1000),
        ),
      ]);
      const names: Record<string, string> = {};
      for (const { user_id, email } of members) names[user_id] = email;
      for (const { user_id, name } of people) if (user_id) names[user_id] = name;
      return names;
    },
  );
}

export async function changeRole(membershipId: string, role: Role): Promise<void> {
  await done(db().rpc("change_member_role", { membership_id: membershipId, role }));
  invalidate("members:");
}

export async function setMemberActive(membershipId: string, isActive: boolean): Promise<void> {
  await done(
    isActive
      ? db().rpc("reactivate_member", { membership_id: membershipId })
      : db().rpc("suspend_member", { membership_id: membershipId }),
  );
  invalidate("members:");
}

export async function removeMember(membershipId: string): Promise<void> {
  await done(db().rpc("remove_member", { membership_id: membershipId }));
  invalidate("members:");
}

export async function leaveOrganization(id: string): Promise<void> {
  await done(db().rpc("leave_organization", { organization_id: id }));
  await readMemberships();
}

export async function deleteOrganization(name: string): Promise<void> {
  await done(db().rpc("delete_organization", { organization_id: organizationId.peek(), name }));
  await readMemberships();
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  revoked_at: string | null;
}

/** Those that still wait for an answer. */
export function useInvitations() {
  return useQuery<Invitation[]>(
    may("admin") ? `members:invitations:${organizationId.value}` : null,
    async () =>
      (await unwrap(
        db()
          .from("invitations")
          .select("id, email, role, created_at, expires_at, accepted_at, revoked_at")
          .eq("organization_id", organizationId.peek())
          .is("accepted_at", null)
          .is("revoked_at", null)
          .order("created_at", { ascending: false })
          .limit(200),
      )) as Invitation[],
    { everyMs: 15_000 },
  );
}

export interface NewInvitation {
  email: string;
  role: Role;
  expires_at: string;
  link: string;
}

/** With the link to send. Its token stands behind the #, which no server gets to see. */
export async function invite(email: string, role: Role): Promise<NewInvitation> {
  const { token, ...made } = (await unwrap(
    db().rpc("create_invitation", { organization_id: organizationId.peek(), email: email.trim(), role }),
  )) as Omit<NewInvitation, "link"> & { token: string };
  invalidate("members:invitations");
  return { ...made, link: `${location.origin}/invite#token=${encodeURIComponent(token)}` };
}

export async function revokeInvitation(id: string): Promise<void> {
  await done(db().rpc("revoke_invitation", { invitation_id: id }));
  invalidate("members:invitations");
}

/** The members whose address holds the text, by membership, for pickers. */
export async function chooseMembers(text: string): Promise<Choice[]> {
  let query = db().from("memberships").select("id, email").eq("organization_id", organizationId.peek());
  if (text.trim()) query = query.ilike("email", likePattern(text));
  const rows = await unwrap(query.order("email").limit(20));
  return rows.map(({ id, email }) => ({ id, name: email }));
}

/** The address with which the account signs in. */
export function useAccountEmail(userId: string | null) {
  return useQuery<{ id: string; email: string } | null>(
    userId && may("viewer") ? `members:account:${organizationId.value}:${userId}` : null,
    async () => {
      const rows = await unwrap(
        db().from("memberships").select("id, email").eq("organization_id", organizationId.peek()).eq("user_id", userId!),
      );
      return rows[0] ?? null;
    },
  );
}

export async function acceptInvitation(token: string): Promise<void> {
  const joined = await unwrap(db().rpc("accept_invitation", { token }));
  await readMemberships();
  chooseOrganization((joined as { organization_id: string }).organization_id);
}
