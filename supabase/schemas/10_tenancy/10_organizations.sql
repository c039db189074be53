create table public.organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null constraint organizations_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    time_zone text not null default 'UTC' constraint organizations_time_zone_is_known
    check (private.is_time_zone(time_zone)),
    created_at timestamptz not null default private.now()
);
comment on table public.organizations is
    'A tenant. Every other row belongs to one by organization_id. Its time zone decides where days begin and end.';

alter table public.organizations enable row level security;
revoke all on table public.organizations from public, anon, authenticated, service_role;
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

create function private.lock_organization(organization_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
    -- Does not block the events of devices, which refer to the organization.
    select from public.organizations as o where o.id = lock_organization.organization_id for no key update
$$;
comment on function private.lock_organization(uuid) is
    'Locks the organization until the transaction ends, so that changes to its members happen one after the other.';
