create function private.answer_reading(caller private.caller)
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object(
        'device', jsonb_build_object(
            'id', d.id, 'external_id', d.external_id, 'organization_id', d.organization_id
        ),
        'rate', jsonb_build_object('limit', d.requests_per_minute, 'remaining', 0, 'reset_seconds', 60),
        'results', '[]'::jsonb,
        'reading', jsonb_build_object(
            'version', caller.reading_version, 'payload_map', d.payload_map, 'tag_format', d.tag_format
        )
    )
    from public.devices as d
    where d.id = caller.device_id
$$;
comment on function private.answer_reading(private.caller) is
    'Instead of results: how the payloads of the caller are read now, for a function that read them otherwise.';

create function private.record_device_events(
    device_key text, key_kind text, events jsonb, reading_version integer
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- Planning the same queries again took a quarter of the time of a tap.
set plan_cache_mode = force_generic_plan
as $$
declare
    caller private.caller := private.caller_of(device_key, key_kind);
    status public.device_status;
    request private.request;
    incoming private.incoming_event[];
    latest private.incoming_event;
    stored_ids bigint[];
    said_ids text[];
    results jsonb;
begin
    if jsonb_typeof(events) is distinct from 'array' or jsonb_array_length(events) > 500 then
        perform private.refuse(422, 'invalid_events', 'Expected an array of at most 500 events.');
    end if;
    if record_device_events.reading_version <> caller.reading_version then
        return private.answer_reading(caller);
    end if;
    said_ids := array(
        select i.event ->> 'device_id'
        from jsonb_array_elements(events) with ordinality as i (event, place)
        where i.event ->> 'device_id' is not null
        group by 1 order by min(i.place)
    );
    if cardinality(said_ids) > 0 then
        caller.accepted_ids := private.settle_reported_ids(caller, said_ids);
    end if;
    status := private.count_request(caller);
    request := private.request_of(events, status);
    incoming := private.read_events(events, caller, status, request);
    if cardinality(incoming) > 0 then
        perform private.add_unknown_tags(incoming, caller);
        with stored as (
            insert into public.device_events (
                organization_id, device_id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at,
                time_quality, dedupe_key, payload, is_by_order, no_card, reading_version
            )
            select
                caller.organization_id, caller.device_id, e.event_type, t.id, e.tag_uid, e.direction, e.device_time,
                e.occurred_at, private.now(), e.time_quality, e.dedupe_key, e.payload,
                e.is_by_order, case when t.id is null then e.no_card end, caller.reading_version
            from unnest(incoming) as e
            left join public.tags as t on t.organization_id = caller.organization_id and t.uid = e.tag_uid
                and case e.no_card
                    when 'unreadable' then false
                    when 'random_id' then private.is_assigned(t.id, e.occurred_at)
                    else true
                end
            order by e.place
            on conflict (device_id, dedupe_key) do nothing
            returning id
        )
        select array_agg(id) into stored_ids from stored;
        if stored_ids is not null then
            perform private.pair_events(stored_ids);
            perform private.alert_archived_taps(caller, stored_ids);
            if exists (select from unnest(incoming) as e where e.sequence_number is not null) then
                perform private.follow_sequence(caller, status, incoming, stored_ids);
            end if;
        end if;
        perform private.follow_clock(caller, status, incoming);
        latest := incoming[cardinality(incoming)];
        update public.device_status as s
        set last_event_received_at = private.now(),
            last_event_key = latest.dedupe_key,
            last_event_signature = latest.signature,
            last_request_id = request.id,
            last_request_signature = request.signature
        where s.device_id = caller.device_id;
    end if;

    select coalesce(jsonb_agg(
        case
            when r.dedupe_key is null then jsonb_build_object(
                'status', 'rejected', 'error', 'device_mismatch',
                'detail', format('The credential belongs to %s, the body names another device.', caller.external_id)
            )
            else jsonb_build_object(
                'status', case when r.id = any(stored_ids) and r.is_first then 'stored' else 'duplicate' end,
                'event_id', r.id,
                'occurred_at', r.occurred_at,
                'time_quality', r.time_quality,
                -- Costs a query for each event, so only for a single tap, not in a batch.
                'time_entry', case when jsonb_array_length(events) = 1 then private.entry_of_event(r.id) end
            )
        end
        order by r.place
    ), '[]') into results
    from (
        select
            i.place, e.dedupe_key, d.id, d.occurred_at, d.time_quality,
            row_number() over (partition by e.dedupe_key order by i.place) = 1 as is_first
        from generate_series(1, jsonb_array_length(events)) as i (place)
        left join unnest(incoming) as e on e.place = i.place
        left join lateral (
            select d.id, d.occurred_at, d.time_quality from public.device_events as d
            where d.device_id = caller.device_id and d.dedupe_key = e.dedupe_key
            -- Makes the planner look up each event, even for a new device without statistics.
            limit 1
        ) as d on true
    ) as r;

    return jsonb_build_object(
        'device', jsonb_build_object(
            'id', caller.device_id, 'external_id', caller.external_id, 'organization_id', caller.organization_id
        ),
        'rate', jsonb_build_object(
            'limit', caller.requests_per_minute,
            'remaining', caller.requests_per_minute - status.requests_in_window,
            'reset_seconds',
            ceil(extract(epoch from status.window_started_at + interval '1 minute' - private.now()))::integer
        ),
        'results', results
    );
end
$$;
comment on function private.record_device_events(text, text, jsonb, integer) is 'Devices, through public.record_device_events.';
grant execute on function private.record_device_events(text, text, jsonb, integer) to anon, device;

create function public.record_device_events(
    device_key text, key_kind text, events jsonb, reading_version integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.record_device_events(device_key, key_kind, events, reading_version)
$$;
comment on function public.record_device_events(text, text, jsonb, integer) is
    'Devices: checks the credential and stores the events in one transaction. 401 invalid_credential, 429 rate_limited. Where '
    'reading_version is said and not the device''s, nothing is stored and the answer holds the present reading.';
grant execute on function public.record_device_events(text, text, jsonb, integer) to anon, device;
