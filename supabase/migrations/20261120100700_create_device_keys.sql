create table public.device_keys (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    device_id uuid not null,
    kind text not null constraint device_keys_kind_is_known check (kind in ('header', 'url')),
    name text constraint device_keys_name_is_short check (length(name) <= 200),
    key_hash bytea not null unique constraint device_keys_hash_is_sha256 check (length(key_hash) = 32),
    hint text not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade
);
comment on table public.device_keys is
    'Credentials of devices: only sha256(key) is stored. kind url works in the path and nowhere else. '
    'last_used_at is right to the minute.';
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

create function private.crc32(bytes bytea)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
    crc bigint := 4294967295;
begin
    for i in 0 .. length(bytes) - 1 loop
        crc := crc # get_byte(bytes, i);
        for bit in 1 .. 8 loop
            crc := (crc >> 1) # (case when crc & 1 = 1 then 3988292384 else 0 end);
        end loop;
    end loop;
    return crc # 4294967295;
end
$$;
comment on function private.crc32(bytea) is 'CRC-32 as in zlib and PNG (built into PostgreSQL only from 18 on).';

create function private.base62(value bigint, digits integer)
returns text
language sql
immutable
set search_path = ''
as $$
    select string_agg(
        substr(
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
            1 + ((value / (62::numeric ^ (digits - place))::bigint) % 62)::integer,
            1
        ), '' order by place
    )
    from generate_series(1, digits) as place
$$;
comment on function private.base62(bigint, integer) is 'A number in base 62 (0-9, A-Z, a-z), padded to so many digits.';

create function private.generate_device_key()
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
    key text := 'gb_';
    bytes bytea;
begin
    while length(key) < 33 loop
        bytes := uuid_send(gen_random_uuid());
        for i in 0 .. 15 loop
            -- Bytes 6 and 8 carry the version; 248 and above would favour the first letters.
            if i not in (6, 8) and get_byte(bytes, i) < 248 and length(key) < 33 then
                key := key || private.base62(get_byte(bytes, i) % 62, 1);
            end if;
        end loop;
    end loop;
    return key || private.base62(private.crc32(convert_to(key, 'UTF8')), 6);
end
$$;
comment on function private.generate_device_key() is
    'gb_, 30 random base62 digits, 6 base62 digits of their CRC32: a typo is seen without asking the database.';

create function private.create_device_key(device_id uuid, kind text, name text, expires_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    device public.devices;
    key text := private.generate_device_key();
    made public.device_keys;
begin
    select * into device from public.devices as d where d.id = create_device_key.device_id;
    perform private.require_role(device.organization_id, 'operator');
    if create_device_key.kind is null or create_device_key.kind not in ('header', 'url') then
        perform private.refuse(422, 'invalid_kind', 'A key is of the kind header or url.');
    end if;
    if create_device_key.expires_at <= now() then
        perform private.refuse(422, 'invalid_expires_at', 'A key expires in the future or not at all.');
    end if;
    if length(create_device_key.name) > 200 then
        perform private.refuse(422, 'invalid_name', 'The name of a key has at most 200 characters.');
    end if;
    insert into public.device_keys (organization_id, device_id, kind, name, key_hash, hint, created_by, expires_at)
    values (
        device.organization_id, device.id, create_device_key.kind, create_device_key.name,
        sha256(convert_to(key, 'UTF8')), substr(key, 4, 6), auth.uid(), create_device_key.expires_at
    )
    returning * into made;
    return jsonb_build_object(
        'id', made.id, 'key', key, 'kind', made.kind, 'name', made.name, 'hint', made.hint, 'expires_at', made.expires_at
    );
end
$$;
comment on function private.create_device_key(uuid, text, text, timestamptz) is
    'Operators and above, through public.create_device_key.';

create function private.revoke_device_key(key_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    found_key public.device_keys;
begin
    select * into found_key from public.device_keys as k where k.id = revoke_device_key.key_id;
    perform private.require_role(found_key.organization_id, 'operator');
    update public.device_keys as k set revoked_at = now()
    where k.id = revoke_device_key.key_id and k.revoked_at is null;
end
$$;
comment on function private.revoke_device_key(uuid) is 'Operators and above, through public.revoke_device_key.';

create function private.rotate_device_key(key_id uuid, overlap_minutes integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    old public.device_keys;
begin
    select * into old from public.device_keys as k where k.id = rotate_device_key.key_id for update;
    perform private.require_role(old.organization_id, 'operator');
    if old.revoked_at is not null or old.expires_at <= now() then
        perform private.refuse(409, 'key_is_over', 'This key is revoked or expired already: create a new one.');
    end if;
    if overlap_minutes is null or overlap_minutes not between 0 and 60 * 24 * 30 then
        perform private.refuse(422, 'invalid_overlap_minutes', 'The old key stays valid for 0 minutes to 30 days.');
    end if;
    if overlap_minutes = 0 then
        update public.device_keys as k set revoked_at = now() where k.id = old.id;
    else
        update public.device_keys as k
        set expires_at = least(k.expires_at, now() + make_interval(mins => overlap_minutes))
        where k.id = old.id;
    end if;
    return private.create_device_key(old.device_id, old.kind, old.name, null);
end
$$;
comment on function private.rotate_device_key(uuid, integer) is 'Operators and above, through public.rotate_device_key.';

create function public.create_device_key(
    device_id uuid, kind text default 'header', name text default null, expires_at timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.create_device_key(device_id, kind, name, expires_at)
$$;
comment on function public.create_device_key(uuid, text, text, timestamptz) is
    'Operators and above: {id, key, kind, name, hint, expires_at}. The key is shown this once; only its hash is kept.';

create function public.revoke_device_key(key_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_device_key(key_id)
$$;
comment on function public.revoke_device_key(uuid) is 'Operators and above: the key, and tokens made from it, end at once.';

create function public.rotate_device_key(key_id uuid, overlap_minutes integer default 1440)
returns jsonb
language sql
set search_path = ''
as $$
    select private.rotate_device_key(key_id, overlap_minutes)
$$;
comment on function public.rotate_device_key(uuid, integer) is
    'Operators and above: a new key like create_device_key; the old one stays valid for overlap_minutes (0: ends now).';

grant execute on function private.create_device_key(uuid, text, text, timestamptz) to authenticated;
grant execute on function private.revoke_device_key(uuid) to authenticated;
grant execute on function private.rotate_device_key(uuid, integer) to authenticated;
grant execute on function public.create_device_key(uuid, text, text, timestamptz) to authenticated;
grant execute on function public.revoke_device_key(uuid) to authenticated;
grant execute on function public.rotate_device_key(uuid, integer) to authenticated;
