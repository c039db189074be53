create table public.invitations (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    email text not null constraint invitations_email_has_at
    check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 320),
    role text not null constraint invitations_role_is_known check (role in ('admin', 'operator', 'viewer', 'member')),
    token_hash bytea not null unique constraint invitations_hash_is_sha256 check (length(token_hash) = 32),
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    expires_at timestamptz not null default private.now() + interval '7 days',
    accepted_at timestamptz,
    accepted_by uuid references auth.users (id) on delete set null,
    revoked_at timestamptz
);
comment on table public.invitations is
    'Invitations to join an organization in a role. Only the sha256 of the one-time token is stored. Only RPCs change '
    'this table.';
create unique index invitations_one_open_per_email on public.invitations (organization_id, lower(email))
where accepted_at is null and revoked_at is null;
create index invitations_newest on public.invitations (organization_id, created_at desc, id);
create index invitations_by_maker on public.invitations (created_by);
create index invitations_by_accepter on public.invitations (accepted_by);

alter table public.invitations enable row level security;
revoke all on table public.invitations from public, anon, authenticated, service_role;
grant select (
    id, organization_id, email, role, created_by, created_at, expires_at, accepted_at, accepted_by, revoked_at
) on public.invitations to authenticated, service_role;
create policy invitations_select_admin on public.invitations
for select to authenticated
using (organization_id in (select private.organizations_with_role('admin')));
