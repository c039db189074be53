create table public.people (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    user_id uuid references auth.users (id) on delete set null,
    name text not null constraint people_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    email text constraint people_email_has_at check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 320),
    phone text constraint people_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    erased_at timestamptz,
    unique (id, organization_id)
);
comment on table public.people is
    'The people whose time is recorded. user_id links a person to an account, if they have one. phone is in E.164.';
comment on column public.people.erased_at is
    'When the personal data of this person was erased. The row stays, since time refers to it.';
create unique index people_email_is_unique on public.people (organization_id, lower(email));
create unique index people_phone_is_unique on public.people (organization_id, phone);
create unique index people_user_is_unique on public.people (user_id, organization_id);
create index people_by_name on public.people (organization_id, name);

alter table public.people enable row level security;
revoke all on table public.people from public, anon, authenticated, service_role;
grant select, delete on public.people to authenticated;
grant insert (organization_id, name, email, phone) on public.people to authenticated;
grant update (name, email, phone, archived_at) on public.people to authenticated;
grant select, insert, update, delete on public.people to service_role;
create policy people_select_self_or_viewer on public.people
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or id in (select private.own_people())
);
create policy people_insert_operator on public.people
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));
create policy people_update_operator on public.people
for update to authenticated
using (organization_id in (select private.organizations_to_change('operator')))
with check (organization_id in (select private.organizations_to_change('operator')));
create policy people_delete_operator on public.people
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger people_audit after insert or update or delete on public.people
for each row execute function private.audit_change();

create function private.own_people()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id
    from public.people as p
    join public.memberships as m on m.organization_id = p.organization_id and m.user_id = p.user_id
    where p.user_id = (select auth.uid()) and m.is_active
$$;
comment on function private.own_people() is
    'For policies: the people who are the signed-in user, in organizations where that user is active.';
grant execute on function private.own_people() to authenticated, service_role;
