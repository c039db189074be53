create function private.streams_of_tag(tag_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct t.stream_id, t.mode
    from private.taps as t
    where t.tag_id = streams_of_tag.tag_id and t.occurred_at >= since and t.stream_id is not null
$$;
comment on function private.streams_of_tag(uuid, timestamptz) is 'The streams with taps of this tag from since on.';

create function private.streams_of_devices(organization_id uuid, device_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    -- Per device, which the index supports.
    select distinct t.stream_id, t.mode
    from public.devices as d
    cross join lateral (
        select v.stream_id, v.mode from private.taps as v
        where v.device_id = d.id and v.organization_id = d.organization_id and v.occurred_at >= since
            and v.stream_id is not null
    ) as t
    where d.organization_id = streams_of_devices.organization_id
        and (streams_of_devices.device_id is null or d.id = streams_of_devices.device_id)
$$;
comment on function private.streams_of_devices(uuid, uuid, timestamptz) is
    'The streams with taps of a device, or of all devices of an organization, from since on.';
