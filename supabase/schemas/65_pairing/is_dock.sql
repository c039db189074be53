create function private.is_dock(device_id uuid, organization_id uuid, since timestamptz, until timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
    select coalesce(bool_and(s.mode is not distinct from 'dock'), false)
    from public.pairing_settings as s
    where s.device_id = is_dock.device_id and s.organization_id = is_dock.organization_id and s.valid_from <= until
        and s.valid_from >= coalesce((
            select max(e.valid_from) from public.pairing_settings as e
            where e.device_id = is_dock.device_id and e.organization_id = is_dock.organization_id
                and e.valid_from <= since
        ), since)
$$;
comment on function private.is_dock(uuid, uuid, timestamptz, timestamptz) is
    'Whether a device was a dock for the whole time between the two.';
