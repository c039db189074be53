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
