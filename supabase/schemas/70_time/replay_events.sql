create function private.store_again(anew public.device_events, caller private.caller)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
    stored_id bigint;
begin
    perform private.add_unknown_tags(array[(
        1, anew.event_type, anew.tag_uid, null, anew.direction, anew.device_time, anew.occurred_at, anew.time_quality,
        anew.dedupe_key, null, anew.payload, anew.is_by_order, anew.no_card, null
    )::private.incoming_event], caller);
    insert into public.device_events (
        organization_id, device_id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at,
        time_quality, dedupe_key, payload, is_by_order, no_card, reading_version, supersedes
    )
    select
        anew.organization_id, anew.device_id, anew.event_type, t.id, anew.tag_uid, anew.direction, anew.device_time,
        anew.occurred_at, anew.received_at, anew.time_quality, anew.dedupe_key, anew.payload,
        anew.is_by_order, case when t.id is null then anew.no_card end, anew.reading_version, anew.supersedes
    from (select 1) as always
    left join public.tags as t on t.organization_id = anew.organization_id and t.uid = anew.tag_uid
        and (anew.no_card is null or anew.no_card = 'random_id' and private.is_assigned(t.id, anew.occurred_at))
    on conflict (device_id, dedupe_key) do nothing
    returning id into stored_id;
    if stored_id is null then
        select e.id into stored_id from public.device_events as e
        where e.device_id = anew.device_id and e.dedupe_key = anew.dedupe_key;
    end if;
    insert into private.superseded_events (event_id, superseded_by) values (anew.supersedes, stored_id);
    return stored_id;
end
$$;
comment on function private.store_again(public.device_events, private.caller) is
    'Stores the new reading of an event, unless the device has sent just that since, and takes the old one out of the count.';

create function private.replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    device public.devices;
    caller private.caller;
    said record;
    anew public.device_events;
    old_ids bigint[];
    new_ids bigint[] := '{}'::bigint[];
    streams uuid[];
    kinds text[];
    streams_after uuid[];
    kinds_after text[];
    earliest timestamptz := timestamptz 'infinity';
    outcome jsonb;
    replaced integer := 0;
    ignored integer := 0;
    unchanged integer := 0;
    unreadable integer := 0;
    entries_changed integer := 0;
begin
    select * into device from public.devices as d where d.id = replay_events.device_id;
    perform private.require_role(device.organization_id, 'operator');
    if since is null or jsonb_typeof(readings) is distinct from 'array' or jsonb_array_length(readings) > 500 then
        perform private.refuse(422, 'invalid_readings', 'Expected a time, and an array of at most 500 readings.');
    end if;
    -- The events of one device one after the other, as when they are recorded.
    perform from public.device_status as s where s.device_id = device.id for update;
    caller.device_id := device.id;
    caller.organization_id := device.organization_id;
    caller.reading_version := case
        when device.payload_map is null and device.tag_format is null then 0 else device.reading_version
    end;
    select coalesce(device.time_zone, o.time_zone) into caller.time_zone
    from public.organizations as o where o.id = device.organization_id;

    old_ids := array(select (r.reading ->> 'event_id')::bigint from jsonb_array_elements(readings) as r (reading));
    select array_agg(t.stream_id), array_agg(t.mode) into streams, kinds
    from private.taps as t
    where t.id = any(old_ids) and t.device_id = device.id and t.stream_id is not null;
    for said in
        select e as old, r.reading
        from jsonb_array_elements(readings) as r (reading)
        join public.device_events as e on e.id = (r.reading ->> 'event_id')::bigint
        where e.device_id = device.id and e.occurred_at >= since
            and not exists (select from private.superseded_events as s where s.event_id = e.id)
        order by e.id
    loop
        if jsonb_typeof(said.reading -> 'event') = 'object' then
            anew := private.read_event_again(said.old, said.reading -> 'event', caller);
            if (anew.event_type, anew.tag_uid, anew.direction, anew.occurred_at) is not distinct from (
                (said.old).event_type, (said.old).tag_uid, (said.old).direction, (said.old).occurred_at
            ) then
                unchanged := unchanged + 1;
                continue;
            end if;
            new_ids := new_ids || private.store_again(anew, caller);
            earliest := least(earliest, anew.occurred_at, (said.old).occurred_at);
            replaced := replaced + 1;
        elsif said.reading -> 'is_ignored' = 'true' then
            insert into private.superseded_events (event_id) values ((said.old).id);
            earliest := least(earliest, (said.old).occurred_at);
            ignored := ignored + 1;
        else
            unreadable := unreadable + 1;
        end if;
    end loop;

    select array_agg(t.stream_id), array_agg(t.mode) into streams_after, kinds_after
    from private.taps as t where t.id = any(new_ids) and t.stream_id is not null;
    streams := coalesce(streams, '{}') || coalesce(streams_after, '{}');
    kinds := coalesce(kinds, '{}') || coalesce(kinds_after, '{}');
    if earliest < 'infinity' and cardinality(streams) > 0 then
        entries_changed := private.pair_again(streams, kinds, device.organization_id, earliest);
    end if;
    outcome := jsonb_build_object(
        'replaced', replaced, 'ignored', ignored, 'unchanged', unchanged, 'unreadable', unreadable,
        'entries_changed', entries_changed
    );
    if replaced + ignored > 0 then
        perform private.write_audit(
            device.organization_id, 'replay', 'devices', device.id::text, null, outcome || jsonb_build_object('since', since)
        );
    end if;
    return outcome;
end
$$;
comment on function private.replay_events(uuid, timestamptz, jsonb) is 'Through public.replay_events.';
grant execute on function private.replay_events(uuid, timestamptz, jsonb) to authenticated;

create function public.replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.replay_events(device_id, since, readings)
$$;
comment on function public.replay_events(uuid, timestamptz, jsonb) is
    'Operators and above: events of a device from since on as their stored payloads are read now. readings: at most 500 of '
    '{event_id, event (as record_device_events takes it, null: none), is_ignored}. An event that is read otherwise gets a '
    'new row that supersedes it and counts in its place. {replaced, ignored, unchanged, unreadable, entries_changed}.';
grant execute on function public.replay_events(uuid, timestamptz, jsonb) to authenticated;

create function private.preview_replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- The change itself, counted and taken back: the count is right whatever the rules are.
    begin
        outcome := private.replay_events(device_id, since, readings);
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_replay_events(uuid, timestamptz, jsonb) is 'Through public.preview_replay_events.';
grant execute on function private.preview_replay_events(uuid, timestamptz, jsonb) to authenticated;

create function public.preview_replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.preview_replay_events(device_id, since, readings)
$$;
comment on function public.preview_replay_events(uuid, timestamptz, jsonb) is
    'Operators and above: what replay_events would answer, without doing it.';
grant execute on function public.preview_replay_events(uuid, timestamptz, jsonb) to authenticated;
