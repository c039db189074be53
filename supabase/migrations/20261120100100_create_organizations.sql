create table public.organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null constraint organizations_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    time_zone text not null default 'UTC' constraint organizations_time_zone_is_known
    check (private.is_time_zone(time_zone)),
    created_at timestamptz not null default now()
);
comment on table public.organizations is 'A tenant. Everything else carries its id; days are split in its time zone.';

create table public.memberships (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    user_id uuid not null references auth.users (id) on delete cascade,
    role text not null constraint memberships_role_is_known check (role in ('admin', 'operator', 'viewer', 'member')),
    is_active boolean not null default true,
    email text not null,
    created_at timestamptz not null default now(),
    unique (organization_id, user_id)
);
comment on table public.memberships is
    'Who may do what in an organization. Changed by RPCs only; a suspended member (is_active = false) sees nothing.';
create index memberships_by_user on public.memberships (user_id);

create function private.role_rank(role text)
returns integer
language sql
immutable
set search_path = ''
as $$
    select array_position(array['member', 'viewer', 'operator', 'admin'], role)
$$;
comment on function private.role_rank(text) is 'The order of the roles: what a lower one may read, a higher one may too.';

create function private.organizations_with_role(minimum text)
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select m.organization_id
    from public.memberships as m
    where m.user_id = (select auth.uid())
        and m.is_active
        and private.role_rank(m.role) >= private.role_rank(minimum)
$$;
comment on function private.organizations_with_role(text) is
    'Policies: the organizations in which the signed-in user is active with at least this role.';

create function private.require_role(organization_id uuid, minimum text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if require_role.organization_id in (select private.organizations_with_role(minimum)) then
        return;
    end if;
    -- A stranger learns nothing, not even that the organization exists.
    if require_role.organization_id is null
        or require_role.organization_id not in (select private.organizations_with_role('member')) then
        perform private.refuse(404, 'not_found', 'There is no such thing in an organization of yours.');
    end if;
    perform private.refuse(403, 'forbidden', format('This takes the role %s or above.', minimum));
end
$$;
comment on function private.require_role(uuid, text) is
    'RPCs: 404 for strangers and suspended members, 403 below the role, else nothing.';

revoke all on table public.organizations, public.memberships from public, anon, authenticated, service_role;
grant execute on function private.role_rank(text) to authenticated, service_role;
grant execute on function private.organizations_with_role(text) to authenticated, service_role;
grant execute on function private.require_role(uuid, text) to authenticated, service_role;

alter table public.organizations enable row level security;
grant select on public.organizations to authenticated;
grant update (name, time_zone) on public.organizations to authenticated;
grant select, insert, update, delete on public.organizations to service_role;
create policy organizations_select_member on public.organizations
for select to authenticated
using (id in (select private.organizations_with_role('member')));
create policy organizations_update_admin on public.organizations
for update to authenticated
using (id in (select private.organizations_with_role('admin')))
with check (id in (select private.organizations_with_role('admin')));

alter table public.memberships enable row level security;
grant select on public.memberships to authenticated;
grant select, insert, update, delete on public.memberships to service_role;
create policy memberships_select_member on public.memberships
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or (
        user_id = (select auth.uid())
        and organization_id in (select private.organizations_with_role('member'))
    )
);

create function private.create_organization(name text, time_zone text)
returns public.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
    made public.organizations;
begin
    if auth.uid() is null then
        perform private.refuse(401, 'not_signed_in', 'Sign in to create an organization.');
    end if;
    if coalesce(btrim(create_organization.name), '') = '' or length(create_organization.name) > 200 then
        perform private.refuse(422, 'invalid_name', 'An organization has a name of 1 to 200 characters.');
    end if;
    if create_organization.time_zone is null or not private.is_time_zone(create_organization.time_zone) then
        perform private.refuse(422, 'invalid_time_zone', 'Expected an IANA time zone such as Europe/Vienna.');
    end if;
    insert into public.organizations (name, time_zone)
    values (btrim(create_organization.name), create_organization.time_zone)
    returning * into made;
    insert into public.memberships (organization_id, user_id, role, email)
    select made.id, u.id, 'admin', u.email from auth.users as u where u.id = auth.uid();
    return made;
end
$$;
comment on function private.create_organization(text, text) is 'Any signed-in user, through public.create_organization.';

create function public.create_organization(name text, time_zone text default 'UTC')
returns public.organizations
language sql
set search_path = ''
as $$
    select * from private.create_organization(name, time_zone)
$$;
comment on function public.create_organization(text, text) is
    'Any signed-in user: makes an organization and becomes its admin. 422 for an empty name or an unknown time zone.';
grant execute on function private.create_organization(text, text) to authenticated;
grant execute on function public.create_organization(text, text) to authenticated;
