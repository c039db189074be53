-- A request that a device without a clock sends again at once is a repeat as a whole; what it sends in one request
-- keeps its order; and a time without offset makes a repeat by what the device said.
alter table public.device_status
add column last_request_signature uuid,
add column last_request_id uuid;

create type private.request as (id uuid, signature uuid);

create function private.request_of(events jsonb, status public.device_status)
returns private.request
language sql
volatile
set search_path = ''
as $$
    select
        case
            when status.last_event_received_at > now() - interval '1 minute'
                and status.last_request_signature = said.signature then status.last_request_id
            else gen_random_uuid()
        end,
        said.signature
    from (
        select md5(jsonb_agg(jsonb_build_array(
            i.event -> 'event_type', i.event -> 'tag_uid', i.event -> 'direction', i.event -> 'device_time'
        ) order by i.place)::text)::uuid as signature
        from jsonb_array_elements(events) with ordinality as i (event, place)
        -- Of events with a clock each is known by its time.
        where jsonb_path_exists(events, '$[*] ? (!exists(@.device_at) || @.device_at == null || @.device_at < "2020")')
    ) as said
$$;
comment on function private.request_of(jsonb, public.device_status) is
    'The identity of a request: that of the one before when it says the same within a minute.';

drop function private.read_events(jsonb, private.caller, public.device_status);
create function private.read_events(
    events jsonb, caller private.caller, status public.device_status, request private.request
)
returns private.incoming_event[]
language sql
stable
set search_path = ''
as $$
    with item as (
        select
            i.place::integer as place,
            i.event,
            i.event ->> 'device_time' as device_time,
            case
                when said.is_aware then said.at::timestamptz
                else private.local_instant(said.at::timestamp, caller.time_zone, now())
            end as device_at,
            said.is_aware,
            md5(jsonb_build_array(
                i.event -> 'event_type', i.event -> 'tag_uid', i.event -> 'direction', i.event -> 'device_time'
            )::text)::uuid as signature
        from jsonb_array_elements(events) with ordinality as i (event, place)
        cross join lateral (
            select
                i.event ->> 'device_at' as at,
                i.event ->> 'device_at' like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____']) as is_aware
        ) as said
        where coalesce(i.event ->> 'device_id', caller.external_id) = caller.external_id
    ),
    judged as (
        select
            item.*,
            case
                when device_at is null or device_at < timestamptz '2020-01-01 00:00:00+00' then 'unsynced'
                when device_at > now() + interval '2 minutes' then 'ahead'
                when is_aware then 'synced'
                else 'local'
            end as time_quality,
            lag(signature) over (order by place) as signature_before
        from item
    ),
    compared as (
        -- Without a clock, an event is a repeat when it equals the one this device sent just before it.
        select
            judged.*,
            time_quality = 'unsynced' and event ->> 'idempotency_key' is null and signature = case
                when signature_before is not null then signature_before
                when status.last_event_received_at > now() - interval '1 minute' then status.last_event_signature
            end is true as is_repeat
        from judged
    ),
    keyed as (
        select
            compared.*,
            count(*) filter (where not is_repeat) over (order by place) as run,
            case
                when event ->> 'idempotency_key' is not null
                    then md5('key ' || (event ->> 'idempotency_key'))::uuid
                when time_quality = 'unsynced' then md5(request.id::text || place)::uuid
                -- The direction is part of it: a tap in and a tap out at one moment are two. A time without offset
                -- counts as it was said: what it means can change until it is sent again.
                else md5(jsonb_build_array(
                    event ->> 'event_type', event ->> 'tag_uid', event ->> 'direction',
                    case when is_aware then to_jsonb(extract(epoch from device_at)) else event -> 'device_at' end
                )::text)::uuid
            end as own_key
        from compared
    ),
    finished as (
        -- A run is an event and its repeats; run 0 repeats the last event of an earlier request.
        select place, (
            place, event ->> 'event_type', event ->> 'tag_uid', event ->> 'tag_type', event ->> 'direction',
            device_time,
            -- In the order of the request.
            case
                when time_quality in ('unsynced', 'ahead') then now() + (place - 1) * interval '1 microsecond'
                else device_at
            end,
            time_quality,
            case
                when run = 0 then status.last_event_key
                else first_value(own_key) over (partition by run order by place)
            end,
            signature,
            coalesce(event -> 'payload', event)
        )::private.incoming_event as incoming
        from keyed
    )
    select coalesce(array_agg(incoming order by place), '{}') from finished
$$;
comment on function private.read_events(jsonb, private.caller, public.device_status, private.request) is
    'The events of a request that are the caller''s: when each happened by the rules of time, and the key that makes a '
    'repeat of it a repeat.';

create or replace function private.record_device_events(device_key text, key_kind text, events jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A quarter of the time of a tap went into planning the same look-ups again.
set plan_cache_mode = force_generic_plan
as $$
declare
    caller private.caller := private.caller_of(device_key, key_kind);
    status public.device_status;
    request private.request;
    incoming private.incoming_event[];
    latest private.incoming_event;
    stored_ids bigint[];
    results jsonb;
begin
    if jsonb_typeof(events) is distinct from 'array' or jsonb_array_length(events) > 500 then
        perform private.refuse(422, 'invalid_events', 'Expected an array of at most 500 events.');
    end if;
    status := private.count_request(caller);
    request := private.request_of(events, status);
    incoming := private.read_events(events, caller, status, request);
    if cardinality(incoming) > 0 then
        perform private.add_unknown_tags(incoming, caller);
        with stored as (
            insert into public.device_events (
                organization_id, device_id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at,
                time_quality, dedupe_key, payload
            )
            select
                caller.organization_id, caller.device_id, e.event_type, t.id, e.tag_uid, e.direction, e.device_time,
                e.occurred_at, now(), e.time_quality, e.dedupe_key, e.payload
            from unnest(incoming) as e
            join public.tags as t on t.organization_id = caller.organization_id and t.uid = e.tag_uid
            order by e.place
            on conflict (device_id, dedupe_key) do nothing
            returning id
        )
        select array_agg(id) into stored_ids from stored;
        if stored_ids is not null then
            perform private.pair_events(stored_ids);
        end if;
        perform private.follow_clock(caller, status, incoming);
        latest := incoming[cardinality(incoming)];
        update public.device_status as s
        set last_event_received_at = now(),
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
                -- One look-up an event: worth it for the answer to a tap, not for each of a batch.
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
            -- One look-up an event, whatever the planner believes of a device that is new.
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
            'reset_seconds', ceil(extract(epoch from status.window_started_at + interval '1 minute' - now()))::integer
        ),
        'results', results
    );
end
$$;
