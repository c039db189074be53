create type private.caller as (
    key_id uuid,
    device_id uuid,
    organization_id uuid,
    external_id text,
    time_zone text,
    requests_per_minute integer,
    reading_version integer,
    reported_id text,
    is_id_strict boolean,
    accepted_ids text[]
);

create function private.caller_of(device_key text, key_kind text)
returns private.caller
language plpgsql
security definer
set search_path = ''
as $$
declare
    caller private.caller;
    claims jsonb := coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb;
    last_used_at timestamptz;
begin
    select k.id, d.id, d.organization_id, d.external_id, coalesce(d.time_zone, o.time_zone), d.requests_per_minute,
        -- Without a map or format of its own a device reads as everyone's does, whatever it had before.
        case when d.payload_map is null and d.tag_format is null then 0 else d.reading_version end,
        d.reported_id, coalesce(d.is_id_strict, key_kind <> 'url'), k.last_used_at
    into caller.key_id, caller.device_id, caller.organization_id, caller.external_id, caller.time_zone,
        caller.requests_per_minute, caller.reading_version, caller.reported_id, caller.is_id_strict, last_used_at
    from public.device_keys as k
    join public.devices as d on d.id = k.device_id
    join public.organizations as o on o.id = d.organization_id
    where k.id = case
            when key_kind = 'token' then (case when claims ->> 'role' = 'device' then claims ->> 'key_id' end)::uuid
            else (
                select h.id from public.device_keys as h
                where h.key_hash = sha256(convert_to(device_key, 'UTF8')) and h.kind = key_kind
            )
        end
        and (key_kind <> 'token' or d.id = (claims ->> 'device_id')::uuid)
        and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > private.now())
        and d.is_active
        and o.is_active;
    if not found then
        perform private.refuse(401, 'invalid_credential', 'The credential is missing, unknown, revoked or expired.');
    end if;
    -- Accurate to the minute, which saves a write for most events.
    if last_used_at is null or last_used_at < private.now() - interval '1 minute' then
        update public.device_keys as k set last_used_at = private.now() where k.id = caller.key_id;
    end if;
    return caller;
end
$$;
comment on function private.caller_of(text, text) is
    'The device that a credential belongs to; refuses with 401. key_kind is header or url (device_key is the key), or '
    'token (the JWT of the request).';
