create function private.lifetime_of_key(key public.device_keys)
returns interval
language sql
stable
set search_path = ''
as $$
    -- An earlier rotation may have shortened the expiry in the key's row.
    select (l.after ->> 'expires_at')::timestamptz - key.created_at
    from public.audit_log as l
    where l.organization_id = key.organization_id and l.table_name = 'device_keys' and l.row_id = key.id::text
        and l.action = 'insert'
$$;
comment on function private.lifetime_of_key(public.device_keys) is
    'How long the key was to be valid when it was created, from the audit log; null if without limit.';

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
    if old.revoked_at is not null or old.expires_at <= private.now() then
        perform private.refuse(409, 'key_is_over', 'This key is revoked or expired already: create a new one.');
    end if;
    if overlap_minutes is null or overlap_minutes not between 0 and 60 * 24 * 30 then
        perform private.refuse(422, 'invalid_overlap_minutes', 'The old key stays valid for 0 minutes to 30 days.');
    end if;
    if overlap_minutes = 0 then
        update public.device_keys as k set revoked_at = private.now() where k.id = old.id;
    else
        update public.device_keys as k
        set expires_at = least(k.expires_at, private.now() + make_interval(mins => overlap_minutes))
        where k.id = old.id;
    end if;
    return private.create_device_key(old.device_id, old.kind, old.name, private.now() + private.lifetime_of_key(old));
end
$$;
comment on function private.rotate_device_key(uuid, integer) is 'Operators and above, through public.rotate_device_key.';
grant execute on function private.rotate_device_key(uuid, integer) to authenticated;

create function public.rotate_device_key(key_id uuid, overlap_minutes integer default 1440)
returns jsonb
language sql
set search_path = ''
as $$
    select private.rotate_device_key(key_id, overlap_minutes)
$$;
comment on function public.rotate_device_key(uuid, integer) is
    'Operators and above: creates a new key that is valid for as long as the old one was created for, and answers as '
    'create_device_key does. The old key stays valid for overlap_minutes (0: ends now).';
grant execute on function public.rotate_device_key(uuid, integer) to authenticated;
