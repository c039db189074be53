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

create function private.streams_in_any_mode(organization_id uuid, device_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct s.stream_id, s.kind
    from public.device_events as e
    left join lateral (
        select a.person_id from public.tag_assignments as a
        where a.tag_id = e.tag_id and a.valid_from <= e.occurred_at
        order by a.valid_from desc limit 1
    ) as held on true
    cross join lateral (
        values (e.device_id, 'dock'), (coalesce(held.person_id, e.tag_id), 'terminal')
    ) as s (stream_id, kind)
    where e.organization_id = streams_in_any_mode.organization_id and e.device_id = streams_in_any_mode.device_id
        and e.occurred_at >= since
$$;
comment on function private.streams_in_any_mode(uuid, uuid, timestamptz) is
    'The streams that the taps of a device belong to, or did or will in another mode.';

create function private.streams_of_person(organization_id uuid, person_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct found.stream_id, found.kind
    from (
        select a.tag_id
        from public.tag_assignments as a
        where a.person_id = streams_of_person.person_id
    ) as held
    cross join lateral private.streams_of_tag(held.tag_id, since) as found
    union
    select distinct found.stream_id, found.kind
    from (
        select distinct s.device_id
        from public.pairing_settings as s
        where s.person_id = streams_of_person.person_id and s.device_id is not null
    ) as owned
    cross join lateral private.streams_of_devices(streams_of_person.organization_id, owned.device_id, since) as found
$$;
comment on function private.streams_of_person(uuid, uuid, timestamptz) is
    'The streams with taps of the tags and devices that a person ever had.';
