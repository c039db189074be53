create function private.lock_recording(organization_id uuid, device_id uuid)
returns void
language sql
set search_path = ''
as $$
    -- In one order, as pair_events takes streams in one.
    select from public.device_status as s
    where s.organization_id = lock_recording.organization_id
        and (lock_recording.device_id is null or s.device_id = lock_recording.device_id)
    order by s.device_id
    for update
$$;
comment on function private.lock_recording(uuid, uuid) is
    'Waits for events of a device, or of all of an organization, that are being recorded; later ones wait until the '
    'transaction ends, and so see what it changes.';
