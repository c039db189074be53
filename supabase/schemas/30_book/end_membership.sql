create function private.end_membership(member public.memberships)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform private.keep_an_admin(member);
    delete from public.memberships as m where m.id = member.id;
    -- The person stays and can be linked to another account.
    update public.people as p set user_id = null
    where p.organization_id = member.organization_id and p.user_id = member.user_id;
end
$$;
comment on function private.end_membership(public.memberships) is
    'Deletes a membership and unlinks its person. Refuses for the last active admin.';

create function private.remove_member(membership_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform private.end_membership(private.managed_member(remove_member.membership_id));
end
$$;
comment on function private.remove_member(uuid) is 'Admins, through public.remove_member.';
grant execute on function private.remove_member(uuid) to authenticated;

create function public.remove_member(membership_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.remove_member(membership_id)
$$;
comment on function public.remove_member(uuid) is
    'Admins: ends a membership. The person and their time stay. 409 last_admin.';
grant execute on function public.remove_member(uuid) to authenticated;

create function private.leave_organization(organization_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    member public.memberships;
begin
    perform private.require_role(leave_organization.organization_id, 'member');
    perform private.lock_organization(leave_organization.organization_id);
    select * into member from public.memberships as m
    where m.organization_id = leave_organization.organization_id and m.user_id = auth.uid() and m.is_active;
    perform private.require_role(member.organization_id, 'member');
    perform private.end_membership(member);
end
$$;
comment on function private.leave_organization(uuid) is 'Any member, through public.leave_organization.';
grant execute on function private.leave_organization(uuid) to authenticated;

create function public.leave_organization(organization_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.leave_organization(organization_id)
$$;
comment on function public.leave_organization(uuid) is 'Any member: ends their own membership. 409 last_admin.';
grant execute on function public.leave_organization(uuid) to authenticated;
