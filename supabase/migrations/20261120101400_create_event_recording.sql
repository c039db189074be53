create type private.caller as (
    key_id uuid,
    device_id uuid,
    organization_id uuid,
    external_id text,
    time_zone text,
    requests_per_minute integer
);

create function private.caller_of(device_key text, key_kind text)
returns private.caller
language plpgsql
security definer
set search_path = ''
as $$
declare
    caller private.caller;
    claims jsonb := coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb;
    last_used_at timestamptz;
begin
    select k.id, d.id, d.organization_id, d.external_id, coalesce(d.time_zone, o.time_zone), d.requests_per_minute,
        k.last_used_at
    into caller.key_id, caller.device_id, caller.organization_id, caller.external_id, caller.time_zone,
        caller.requests_per_minute, last_used_at
    from public.device_keys as k
    join public.devices as d on d.id = k.device_id
    join public.organizations as o on o.id = d.organization_id
    where k.id = case
            when key_kind = 'token' then (case when claims ->> 'role' = 'device' then claims ->> 'key_id' end)::uuid
            else (
                select h.id from public.device_keys as h
                where h.key_hash = sha256(convert_to(device_key, 'UTF8')) and h.kind = key_kind
            )
        end
        and (key_kind <> 'token' or d.id = (claims ->> 'device_id')::uuid)
        and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now())
        and d.is_active;
    if not found then
        perform private.refuse(401, 'invalid_credential', 'The credential is missing, unknown, revoked or expired.');
    end if;
    -- Right to the minute, without a write on every event.
    if last_used_at is null or last_used_at < now() - interval '1 minute' then
        update public.device_keys as k set last_used_at = now() where k.id = caller.key_id;
    end if;
    return caller;
end
$$;
comment on function private.caller_of(text, text) is
    'The device behind a credential. key_kind: header or url (device_key is the key), token (the JWT of the request).';

create function private.count_request(caller private.caller)
returns public.device_status
language plpgsql
set search_path = ''
as $$
declare
    status public.device_status;
begin
    -- This lock serializes the events of one device; devices do not wait for each other.
    update public.device_status as s
    set last_seen_at = now(),
        window_started_at = case
            when s.window_started_at > now() - interval '1 minute' then s.window_started_at else now()
        end,
        requests_in_window = case
            when s.window_started_at > now() - interval '1 minute' then s.requests_in_window + 1 else 1
        end
    where s.device_id = caller.device_id
    returning * into status;
    if status.requests_in_window > caller.requests_per_minute then
        perform private.refuse(
            429, 'rate_limited',
            jsonb_build_object(
                'limit', caller.requests_per_minute,
                'retry_after_seconds',
                ceil(extract(epoch from status.window_started_at + interval '1 minute' - now()))::integer
            )::text
        );
    end if;
    return status;
end
$$;
comment on function private.count_request(private.caller) is
    'Notes that the device was seen, and refuses with 429 above its requests a minute.';

create function private.local_instant(said timestamp, time_zone text, received_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    instant timestamptz := said at time zone time_zone;
    hour_before timestamptz := instant - interval '1 hour';
begin
    -- The hour that comes twice in autumn: the later one, unless that is still to come.
    if instant > received_at + interval '2 minutes' and hour_before at time zone time_zone = said then
        return hour_before;
    end if;
    return instant;
end
$$;
comment on function private.local_instant(timestamp, text, timestamptz) is
    'When a clock without offset in this time zone showed that time, DST-correct.';

create type private.incoming_event as (
    place integer,
    event_type text,
    tag_uid text,
    tag_type text,
    direction text,
    device_time text,
    occurred_at timestamptz,
    time_quality text,
    dedupe_key uuid,
    signature uuid,
    payload jsonb
);

create function private.read_events(events jsonb, caller private.caller, status public.device_status)
returns private.incoming_event[]
language sql
volatile
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
                when time_quality = 'unsynced' then gen_random_uuid()
                -- The direction is part of it: a tap in and a tap out at one moment are two.
                else md5(jsonb_build_array(
                    event ->> 'event_type', event ->> 'tag_uid', event ->> 'direction', extract(epoch from device_at)
                )::text)::uuid
            end as own_key
        from compared
    ),
    finished as (
        -- A run is an event and its repeats; run 0 repeats the last event of an earlier request.
        select place, (
            place, event ->> 'event_type', event ->> 'tag_uid', event ->> 'tag_type', event ->> 'direction',
            device_time,
            case when time_quality in ('unsynced', 'ahead') then now() else device_at end,
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
comment on function private.read_events(jsonb, private.caller, public.device_status) is
    'The events of a request that are the caller''s: when each happened by the rules of time, and the key that makes a '
    'repeat of it a repeat.';

create function private.add_unknown_tags(events private.incoming_event[], caller private.caller)
returns void
language sql
set search_path = ''
as $$
    -- In the order of uid, so that two batches with the same new tags never wait for each other in a circle.
    insert into public.tags (organization_id, uid, tag_type, first_seen_at, first_seen_device_id)
    select distinct on (e.tag_uid)
        caller.organization_id, e.tag_uid, left(e.tag_type, 200), e.occurred_at, caller.device_id
    from unnest(events) as e
    where not exists (
            select from public.tags as t where t.organization_id = caller.organization_id and t.uid = e.tag_uid
        )
    order by e.tag_uid, e.place
    on conflict (organization_id, uid) do nothing
$$;
comment on function private.add_unknown_tags(private.incoming_event[], private.caller) is
    'First sight of a tag creates it, unassigned.';

create function private.pair_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    touched record;
begin
    for touched in
        select t.stream_id, t.mode, t.organization_id, min(t.occurred_at) as since
        from private.taps as t
        where t.id = any(event_ids) and t.stream_id is not null
        group by t.stream_id, t.mode, t.organization_id
        -- One order for all transactions, so that they never wait for each other in a circle.
        order by t.stream_id
    loop
        perform private.pair_stream(touched.stream_id, touched.mode, touched.organization_id, touched.since);
    end loop;
end
$$;
comment on function private.pair_events(bigint[]) is 'Pairs the streams that new events belong to.';

create function private.entry_of_event(event_id bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object(
        'id', e.id,
        'change', case
            when p.started_at = t.occurred_at then 'opened'
            when p.ended_at = t.occurred_at then 'closed'
            else 'continued'
        end,
        'started_at', e.started_at,
        'ended_at', e.ended_at
    )
    from private.taps as t
    join lateral (
        select * from private.paired_entries as p
        where p.stream_id = t.stream_id and p.started_at <= t.occurred_at
        order by p.started_at desc limit 1
    ) as p on p.ended_at is null or p.ended_at >= t.occurred_at
    join lateral (
        -- Uncorrected and corrected entries each have their index.
        select c.id, c.started_at, c.ended_at, c.deleted_at from public.time_entries as c
        where c.stream_id = p.stream_id and c.paired_started_at = p.started_at and c.claim_id is null
        union all
        select c.id, c.started_at, c.ended_at, c.deleted_at from public.time_entries as c
        where c.stream_id = p.stream_id and c.paired_started_at = p.started_at and c.claim_id is not null
    ) as e on e.deleted_at is null
    where t.id = event_id
    order by e.started_at limit 1
$$;
comment on function private.entry_of_event(bigint) is 'The time entry that an event opened, closed or lies in, or null.';

create function private.follow_clock(
    caller private.caller, status public.device_status, events private.incoming_event[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    latest private.incoming_event := events[cardinality(events)];
    is_wrong boolean := latest.time_quality in ('ahead', 'unsynced') and latest.device_time is not null;
begin
    if is_wrong and not status.has_clock_alert then
        perform private.raise_alert(
            caller.organization_id, 'clock_skew', 'warning', 'device', caller.device_id,
            jsonb_build_object('time_quality', latest.time_quality, 'device_time', left(latest.device_time, 200))
        );
    elsif not is_wrong and status.has_clock_alert then
        perform private.clear_alerts(caller.device_id, 'clock_skew');
    else
        return;
    end if;
    update public.device_status as s set has_clock_alert = is_wrong where s.device_id = caller.device_id;
end
$$;
comment on function private.follow_clock(private.caller, public.device_status, private.incoming_event[]) is
    'A device whose clock is wrong raises an alert; the next event with a right clock clears it.';

create function private.record_device_events(device_key text, key_kind text, events jsonb)
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
    incoming private.incoming_event[];
    latest private.incoming_event;
    stored_ids bigint[];
    results jsonb;
begin
    if jsonb_typeof(events) is distinct from 'array' or jsonb_array_length(events) > 500 then
        perform private.refuse(422, 'invalid_events', 'Expected an array of at most 500 events.');
    end if;
    status := private.count_request(caller);
    incoming := private.read_events(events, caller, status);
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
            last_event_signature = latest.signature
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
comment on function private.record_device_events(text, text, jsonb) is 'Devices, through public.record_device_events.';

create function public.record_device_events(device_key text, key_kind text, events jsonb)
returns jsonb
language sql
set search_path = ''
as $$
    select private.record_device_events(device_key, key_kind, events)
$$;
comment on function public.record_device_events(text, text, jsonb) is
    'Devices: checks the credential and stores the events in one transaction. 401 invalid_credential, 429 rate_limited.';
grant execute on function private.record_device_events(text, text, jsonb) to anon, device;
grant execute on function public.record_device_events(text, text, jsonb) to anon, device;
