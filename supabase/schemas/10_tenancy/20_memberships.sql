create table public.memberships (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    user_id uuid not null references auth.users (id) on delete cascade,
    role text not null constraint memberships_role_is_known check (role in ('admin', 'operator', 'viewer', 'member')),
    is_active boolean not null default true,
    email text not null,
    created_at timestamptz not null default private.now(),
    unique (organization_id, user_id)
);
comment on table public.memberships is
    'The role of a user in an organization. Only RPCs change it. A suspended member (is_active = false) sees nothing.';
create index memberships_by_user on public.memberships (user_id);

alter table public.memberships enable row level security;
revoke all on table public.memberships from public, anon, authenticated, service_role;
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

create function private.role_rank(role text)
returns integer
language sql
immutable
set search_path = ''
as $$
    select array_position(array['member', 'viewer', 'operator', 'admin'], role)
$$;
comment on function private.role_rank(text) is 'The rank of a role. A higher role may read whatever a lower one may.';
grant execute on function private.role_rank(text) to authenticated, service_role;

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
    'Policies for reading: the organizations in which the signed-in user is active with at least this role.';
grant execute on function private.organizations_with_role(text) to authenticated, service_role;

create function private.organizations_to_change(minimum text)
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select o.id
    from public.organizations as o
    where o.id in (select private.organizations_with_role(minimum)) and o.is_active
$$;
comment on function private.organizations_to_change(text) is
    'Policies for writing: those of organizations_with_role that are active. An inactive organization is read-only.';
grant execute on function private.organizations_to_change(text) to authenticated, service_role;
