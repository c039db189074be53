create table public.projects (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    name text not null constraint projects_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    color text not null default '#64748b' constraint projects_color_is_hex check (color ~ '^#[0-9a-f]{6}$'),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    unique (id, organization_id),
    constraint projects_name_is_unique unique (organization_id, name)
);
comment on table public.projects is 'What time is spent on.';

alter table public.projects enable row level security;
revoke all on table public.projects from public, anon, authenticated, service_role;
grant select, delete on public.projects to authenticated;
grant insert (organization_id, name, color) on public.projects to authenticated;
grant update (name, color, archived_at) on public.projects to authenticated;
grant select, insert, update, delete on public.projects to service_role;
create policy projects_select_member on public.projects
for select to authenticated
using (organization_id in (select private.organizations_with_role('member')));
create policy projects_insert_operator on public.projects
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));
create policy projects_update_operator on public.projects
for update to authenticated
using (organization_id in (select private.organizations_to_change('operator')))
with check (organization_id in (select private.organizations_to_change('operator')));
create policy projects_delete_operator on public.projects
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger projects_audit after insert or update or delete on public.projects
for each row execute function private.audit_change();
