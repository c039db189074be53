create function private.is_last_admin(member public.memberships)
returns boolean
language sql
stable
set search_path = ''
as $$
    select member.role = 'admin' and member.is_active and not exists (
        select from public.memberships as m
        where m.organization_id = member.organization_id and m.id <> member.id and m.role = 'admin' and m.is_active
    )
$$;
comment on function private.is_last_admin(public.memberships) is
    'Would this organization be without an active admin if this one went?';

create function private.keep_an_admin(member public.memberships)
returns void
language plpgsql
set search_path = ''
as $$
begin
    if private.is_last_admin(member) then
        perform private.refuse(409, 'last_admin', 'The last active admin stays: make somebody else an admin first.');
    end if;
end
$$;
comment on function private.keep_an_admin(public.memberships) is
    '409 for the last active admin. Right only while the organization is locked.';

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
    -- Again: while this waited, the caller may have lost the role, and the member may have gone.
    select * into member from public.memberships as m where m.id = managed_member.membership_id;
    perform private.require_role(member.organization_id, 'admin');
    return member;
end
$$;
comment on function private.managed_member(uuid) is 'A member that the caller may manage, the organization being locked.';

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

create function private.end_membership(member public.memberships)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform private.keep_an_admin(member);
    delete from public.memberships as m where m.id = member.id;
    -- The person stays, free to be linked to another account.
    update public.people as p set user_id = null
    where p.organization_id = member.organization_id and p.user_id = member.user_id;
end
$$;
comment on function private.end_membership(public.memberships) is 'The member goes; the last active admin stays.';

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

create function private.link_person(person_id uuid, membership_id uuid)
returns public.people
language plpgsql
security definer
set search_path = ''
as $$
declare
    person public.people;
    account uuid;
begin
    select * into person from public.people as p where p.id = link_person.person_id;
    perform private.require_role(person.organization_id, 'operator');
    if link_person.membership_id is not null then
        perform private.lock_organization(person.organization_id);
        select m.user_id into account from public.memberships as m
        where m.id = link_person.membership_id and m.organization_id = person.organization_id;
        if not found then
            perform private.refuse(404, 'not_found', 'There is no such member in this organization.');
        end if;
        if exists (
            select from public.people as p
            where p.organization_id = person.organization_id and p.user_id = account and p.id <> person.id
        ) then
            perform private.refuse(409, 'member_is_linked', 'This member is linked to another person already.');
        end if;
    end if;
    update public.people as p set user_id = account where p.id = person.id
    returning * into person;
    return person;
end
$$;
comment on function private.link_person(uuid, uuid) is 'Operators and above, through public.link_person.';

create function public.change_member_role(membership_id uuid, role text)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.change_member_role(membership_id, role)
$$;
comment on function public.change_member_role(uuid, text) is 'Admins. 409 last_admin; 422 invalid_role.';

create function public.suspend_member(membership_id uuid)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.set_member_active(membership_id, false)
$$;
comment on function public.suspend_member(uuid) is
    'Admins: the member reads and writes nothing from the next statement on, whatever token they hold. 409 last_admin.';

create function public.reactivate_member(membership_id uuid)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.set_member_active(membership_id, true)
$$;
comment on function public.reactivate_member(uuid) is 'Admins: ends a suspension.';

create function public.remove_member(membership_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.remove_member(membership_id)
$$;
comment on function public.remove_member(uuid) is
    'Admins: the account belongs to the organization no more; the person and their time stay. 409 last_admin.';

create function public.leave_organization(organization_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.leave_organization(organization_id)
$$;
comment on function public.leave_organization(uuid) is 'Any member: ends the own membership. 409 last_admin.';

create function public.link_person(person_id uuid, membership_id uuid)
returns public.people
language sql
set search_path = ''
as $$
    select * from private.link_person(person_id, membership_id)
$$;
comment on function public.link_person(uuid, uuid) is
    'Operators and above: this person is that member''s account (null: nobody''s). 409 member_is_linked.';

grant execute on function private.change_member_role(uuid, text) to authenticated;
grant execute on function private.set_member_active(uuid, boolean) to authenticated;
grant execute on function private.remove_member(uuid) to authenticated;
grant execute on function private.leave_organization(uuid) to authenticated;
grant execute on function private.link_person(uuid, uuid) to authenticated;
grant execute on function public.change_member_role(uuid, text) to authenticated;
grant execute on function public.suspend_member(uuid) to authenticated;
grant execute on function public.reactivate_member(uuid) to authenticated;
grant execute on function public.remove_member(uuid) to authenticated;
grant execute on function public.leave_organization(uuid) to authenticated;
grant execute on function public.link_person(uuid, uuid) to authenticated;
