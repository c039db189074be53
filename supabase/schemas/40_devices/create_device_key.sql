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
    if create_device_key.expires_at <= private.now() then
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
grant execute on function private.create_device_key(uuid, text, text, timestamptz) to authenticated;

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
    'Operators and above. Answers {id, key, kind, name, hint, expires_at}; the key is shown only this once, and only '
    'its hash is stored.';
grant execute on function public.create_device_key(uuid, text, text, timestamptz) to authenticated;
