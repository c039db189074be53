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
    'Whether the organization would have no active admin without this member.';

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
    'Refuses with 409 if this is the last active admin. The caller must have locked the organization.';
