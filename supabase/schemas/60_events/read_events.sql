create type private.request as (id uuid, signature uuid);

create function private.request_of(events jsonb, status public.device_status)
returns private.request
language sql
volatile
set search_path = ''
as $$
    select
        case
            when status.last_event_received_at > private.now() - interval '1 minute'
                and status.last_request_signature = said.signature then status.last_request_id
            else gen_random_uuid()
        end,
        said.signature
    from (
        select md5(jsonb_agg(jsonb_build_array(
            i.event -> 'event_type', i.event -> 'tag_uid', i.event -> 'direction', i.event -> 'device_time'
        ) order by i.place)::text)::uuid as signature
        from jsonb_array_elements(events) with ordinality as i (event, place)
        -- Only where an event has no usable time. Otherwise each event is recognized by its time. A local time of
        -- 1 January 2020 may lie before 2020, whatever the text says; a day covers every offset.
        where jsonb_path_exists(
                events, '$[*] ? (!exists(@.device_at) || @.device_at == null || @.device_at < "2020-01-02")'
            )
    ) as said
$$;
comment on function private.request_of(jsonb, public.device_status) is
    'The identity of a request. A request without times that repeats the one before within a minute gets the same '
    'identity.';

create function private.read_events(
    events jsonb, caller private.caller, status public.device_status, request private.request
)
returns private.incoming_event[]
language sql
stable
set search_path = ''
as $$
    with naive as (
        -- Evaluated once, and only if a time has no offset.
        select private.local_times(events, caller.time_zone, private.now()) as times
    ),
    item as (
        select
            i.place::integer as place,
            i.event,
            i.event ->> 'device_time' as device_time,
            case
                when said.is_aware then said.at::timestamptz
                else ((select naive.times from naive)[i.place]).at
            end as device_at,
            said.is_aware,
            case
                when said.is_aware then false
                else coalesce(((select naive.times from naive)[i.place]).is_by_order, false)
            end as is_by_order,
            md5(jsonb_build_array(
                i.event -> 'event_type', i.event -> 'tag_uid', i.event -> 'direction', i.event -> 'device_time'
            )::text)::uuid as signature
        from jsonb_array_elements(events) with ordinality as i (event, place)
        cross join lateral (
            select
                i.event ->> 'device_at' as at,
                i.event ->> 'device_at' like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____']) as is_aware
        ) as said
        where i.event ->> 'device_id' is null or i.event ->> 'device_id' = any(caller.accepted_ids)
    ),
    judged as (
        select
            item.*,
            case
                when device_at is null or device_at < timestamptz '2020-01-01 00:00:00+00' then 'unsynced'
                when device_at > private.now() + interval '2 minutes' then 'ahead'
                when is_aware then 'synced'
                else 'local'
            end as time_quality,
            lag(signature) over (order by place) as signature_before
        from item
    ),
    compared as (
        -- Without a clock, an event is a repetition if it equals the event before it.
        select
            judged.*,
            time_quality = 'unsynced' and event ->> 'idempotency_key' is null and signature = case
                when signature_before is not null then signature_before
                when status.last_event_received_at > private.now() - interval '1 minute'
                    then status.last_event_signature
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
                -- The direction is included: in and out at the same time are two events. A time without offset
                -- is taken as text, because its meaning may change until the event is sent again.
                else md5(jsonb_build_array(
                    event ->> 'event_type', event ->> 'tag_uid', event ->> 'direction',
                    case when is_aware then to_jsonb(extract(epoch from device_at)) else event -> 'device_at' end
                )::text)::uuid
            end as own_key
        from compared
    ),
    finished as (
        -- A run is an event and its repetitions; run 0 repeats the last event of the earlier request.
        select place, (
            place, event ->> 'event_type', event ->> 'tag_uid', event ->> 'tag_type', event ->> 'direction',
            device_time,
            -- A microsecond apart, to keep the order of the request.
            case
                when time_quality in ('unsynced', 'ahead') then private.now() + (place - 1) * interval '1 microsecond'
                else device_at
            end,
            time_quality,
            case
                when run = 0 then status.last_event_key
                else first_value(own_key) over (partition by run order by place)
            end,
            signature,
            coalesce(event -> 'payload', event),
            is_by_order and time_quality = 'local',
            private.no_card(event ->> 'tag_uid'),
            (event ->> 'sequence_number')::bigint
        )::private.incoming_event as incoming
        from keyed
    )
    select coalesce(array_agg(incoming order by place), '{}') from finished
$$;
comment on function private.read_events(jsonb, private.caller, public.device_status, private.request) is
    'The events of a request that belong to the caller, each with the time that counts and with its dedupe_key, which '
    'repetitions share.';
