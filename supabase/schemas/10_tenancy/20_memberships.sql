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
    'For policies: the organizations in which the signed-in user is active with at least this role.';
grant execute on function private.organizations_with_role(text) to authenticated, service_role;

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
    'For RPCs: refuses with 404 for strangers and suspended members, with 403 below the role.';
grant execute on function private.require_role(uuid, text) to authenticated, service_role;
