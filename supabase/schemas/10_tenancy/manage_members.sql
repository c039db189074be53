create function private.managed_member(membership_id uuid)
returns public.memberships
language plpgsql
set search_path = ''
as $$
declare
    member public.memberships;
begin
    select * into member from public.memberships as m where m.id = managed_member.membership_id;
    perform private.require_role(member.organization_id, 'admin');
    perform private.lock_organization(member.organization_id);
    -- Read and checked again: during the wait the caller may have lost the role, or the member may have left.
    select * into member from public.memberships as m where m.id = managed_member.membership_id;
    perform private.require_role(member.organization_id, 'admin');
    return member;
end
$$;
comment on function private.managed_member(uuid) is 'A member whom the caller may manage. Locks the organization.';

create function private.change_member_role(membership_id uuid, role text)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    member public.memberships := private.managed_member(change_member_role.membership_id);
begin
    if private.role_rank(change_member_role.role) is null then
        perform private.refuse(422, 'invalid_role', 'Expected admin, operator, viewer or member.');
    end if;
    if change_member_role.role <> 'admin' then
        perform private.keep_an_admin(member);
    end if;
    update public.memberships as m set role = change_member_role.role where m.id = member.id
    returning * into member;
    return member;
end
$$;
comment on function private.change_member_role(uuid, text) is 'Admins, through public.change_member_role.';
grant execute on function private.change_member_role(uuid, text) to authenticated;

create function public.change_member_role(membership_id uuid, role text)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.change_member_role(membership_id, role)
$$;
comment on function public.change_member_role(uuid, text) is 'Admins. 409 last_admin; 422 invalid_role.';
grant execute on function public.change_member_role(uuid, text) to authenticated;

create function private.set_member_active(membership_id uuid, is_active boolean)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    member public.memberships := private.managed_member(set_member_active.membership_id);
begin
    if not set_member_active.is_active then
        perform private.keep_an_admin(member);
    end if;
    update public.memberships as m set is_active = set_member_active.is_active where m.id = member.id
    returning * into member;
    return member;
end
$$;
comment on function private.set_member_active(uuid, boolean) is
    'Admins, through public.suspend_member and public.reactivate_member.';
grant execute on function private.set_member_active(uuid, boolean) to authenticated;

create function public.suspend_member(membership_id uuid)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.set_member_active(membership_id, false)
$$;
comment on function public.suspend_member(uuid) is
    'Admins: from the next statement on, the member can neither read nor write, even with a valid token. 409 '
    'last_admin.';
grant execute on function public.suspend_member(uuid) to authenticated;

create function public.reactivate_member(membership_id uuid)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.set_member_active(membership_id, true)
$$;
comment on function public.reactivate_member(uuid) is 'Admins: ends a suspension.';
grant execute on function public.reactivate_member(uuid) to authenticated;
