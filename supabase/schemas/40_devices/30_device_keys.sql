create table public.device_keys (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    device_id uuid not null,
    kind text not null constraint device_keys_kind_is_known check (kind in ('header', 'url')),
    name text constraint device_keys_name_is_short check (length(name) <= 200),
    key_hash bytea not null unique constraint device_keys_hash_is_sha256 check (length(key_hash) = 32),
    hint text not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade
);
comment on table public.device_keys is
    'Keys of devices; only sha256(key) is stored. A key of the kind url works only in the path of a URL. last_used_at '
    'is accurate to the minute.';
create index device_keys_by_device on public.device_keys (device_id, organization_id);
create index device_keys_by_organization on public.device_keys (organization_id);
create index device_keys_by_maker on public.device_keys (created_by);

alter table public.device_keys enable row level security;
revoke all on table public.device_keys from public, anon, authenticated, service_role;
grant select (
    id, organization_id, device_id, kind, name, hint, created_by, created_at, last_used_at, expires_at, revoked_at
) on public.device_keys to authenticated, service_role;
create policy device_keys_select_owner_or_viewer on public.device_keys
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or device_id in (select private.own_devices())
);

-- Without last_used_at: using a key is no change that people make.
create trigger device_keys_audit after insert or delete or update of name, kind, device_id, expires_at, revoked_at
on public.device_keys
for each row execute function private.audit_change('key_hash');
