create table public.places (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    name text not null constraint places_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    unique (id, organization_id),
    constraint places_name_is_unique unique (organization_id, name)
);
comment on table public.places is 'Where devices are: a door, a desk, a room.';

alter table public.places enable row level security;
revoke all on table public.places from public, anon, authenticated, service_role;
grant select, delete on public.places to authenticated;
grant insert (organization_id, name) on public.places to authenticated;
grant update (name, archived_at) on public.places to authenticated;
grant select, insert, update, delete on public.places to service_role;
create policy places_select_member on public.places
for select to authenticated
using (organization_id in (select private.organizations_with_role('member')));
create policy places_insert_operator on public.places
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));
create policy places_update_operator on public.places
for update to authenticated
using (organization_id in (select private.organizations_to_change('operator')))
with check (organization_id in (select private.organizations_to_change('operator')));
create policy places_delete_operator on public.places
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger places_audit after insert or update or delete on public.places
for each row execute function private.audit_change();
