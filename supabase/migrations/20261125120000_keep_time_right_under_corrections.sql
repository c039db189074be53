-- Corrections, stops, relabelling, timers and archives become inputs with a time, whatever the order in which they and
-- the taps arrive: docs/pairing.md says the rules. At the end of this file stands what this means for rows that are there.
set check_function_bodies = off;
alter type private.incoming_event add attribute is_by_order boolean;
drop function private.follow_taps(public.time_entries,private.paired_entries,integer,boolean);
drop function private.local_instant(timestamp,text,timestamptz);
drop function private.note_stop(uuid,timestamptz);
alter table public.device_events add column is_by_order boolean not null default false;
alter table public.time_entries add column end_set_at timestamptz;
create or replace function private.is_time_zone(name text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
    -- With digits PostgreSQL takes any text for a zone of its own making: Foo/Bar+5 is five hours off Greenwich.
    if name !~ '^(UTC|[A-Za-z_]+(/[A-Za-z_-]+)+|Etc/GMT(0|[+-]([0-9]|1[0-4])))$' then
        return false;
    end if;
    perform timestamptz '2026-01-01 00:00:00+00' at time zone name;
    return true;
exception when invalid_parameter_value then
    return false;
end
$$;
create or replace function private.keep_archive_time()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    new.archived_at := coalesce(old.archived_at, private.now());
    return new;
end
$$;
create or replace function private.require_not_archived(person_id uuid, project_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if exists (
        select from public.people as p where p.id = require_not_archived.person_id and p.archived_at <= private.now()
    ) then
        perform private.refuse(422, 'archived', 'This person is archived. Take the person out of the archive first.');
    end if;
    if exists (
        select from public.projects as p where p.id = require_not_archived.project_id and p.archived_at <= private.now()
    ) then
        perform private.refuse(422, 'archived', 'This project is archived. Take it out of the archive first.');
    end if;
end
$$;
create or replace function private.lock_recording(organization_id uuid, device_id uuid)
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
create type private.local_time as (
    at timestamptz,
    is_by_order boolean
);
create or replace function private.local_instants(said timestamp, time_zone text)
returns timestamptz[]
language sql
stable
set search_path = ''
as $$
    -- Any change of the clocks: the offsets of the day before and of the day after are those on either side of it.
    select coalesce(
        array_agg(distinct c.instant order by c.instant) filter (where c.instant at time zone time_zone = said),
        array[said at time zone time_zone]
    )
    from (
        select (said at time zone 'UTC') - ((near.at at time zone time_zone) - (near.at at time zone 'UTC')) as instant
        from (
            values ((said at time zone 'UTC') - interval '1 day'), ((said at time zone 'UTC') + interval '1 day')
        ) as near (at)
    ) as c
$$;
create or replace function private.local_times(events jsonb, time_zone text, received_at timestamptz)
returns private.local_time[]
language plpgsql
stable
set search_path = ''
as $$
declare
    times private.local_time[] := array_fill(null::private.local_time, array[jsonb_array_length(events)]);
    latest timestamptz := received_at + interval '2 minutes';
    following timestamptz := 'infinity';
    event record;
    instants timestamptz[];
    alone timestamptz;
    chosen timestamptz;
begin
    -- Backwards: what was said before was at the latest when the next thing was.
    for event in
        select e.place, e.event ->> 'device_at' as said
        from jsonb_array_elements(events) with ordinality as e (event, place)
        where not e.event ->> 'device_at' like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____'])
        order by e.place desc
    loop
        instants := private.local_instants(event.said::timestamp, time_zone);
        -- Of two, the later unless it is in the future, or the order of the request says the earlier.
        alone := coalesce((select max(i) from unnest(instants) as i where i <= latest), instants[1]);
        chosen := coalesce((select max(i) from unnest(instants) as i where i <= least(latest, following)), alone);
        times[event.place] := (chosen, chosen <> alone)::private.local_time;
        following := chosen;
    end loop;
    return times;
end
$$;
create or replace function private.request_of(events jsonb, status public.device_status)
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
create or replace function private.read_events(
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
        where coalesce(i.event ->> 'device_id', caller.external_id) = caller.external_id
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
            is_by_order and time_quality = 'local'
        )::private.incoming_event as incoming
        from keyed
    )
    select coalesce(array_agg(incoming order by place), '{}') from finished
$$;
create or replace function private.pair_stream(
    stream uuid, kind text, organization uuid, since timestamptz, until timestamptz default 'infinity',
    out changed_from timestamptz, out changed_before timestamptz
)
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    is_late boolean;
    resume timestamptz;
    first_start timestamptz;
    last_moment timestamptz;
    window_start timestamptz;
    window_end timestamptz := timestamptz 'infinity';
    -- From here on nothing changes.
    settled_at timestamptz := timestamptz 'infinity';
    -- Somebody who stops by hand is out at a terminal; in a dock the tag is still in.
    has_stops boolean := kind = 'terminal' and exists (
        select from private.stops as s where s.stream_id = stream
    );
    done private.paired_entries[] := '{}'::private.paired_entries[];
    before private.paired_entries;
    entry private.paired_entries;
    stored private.paired_entries;
    moment record;
    taps private.taps[];
    tap private.taps;
    is_open boolean;
    is_repeat boolean;
    leaves boolean;
    enters boolean;
begin
    select * into known from private.streams as s where s.stream_id = stream for update;
    if not found then
        insert into private.streams (stream_id, organization_id, kind) values (stream, organization, kind)
        on conflict (stream_id) do nothing;
        select * into known from private.streams as s where s.stream_id = stream for update;
    end if;
    is_late := since <= known.last_occurred_at;
    if is_late then
        resume := private.restart_time(stream, since);
        select * into entry from private.paired_entries as p
        where p.stream_id = stream and p.started_at < resume order by p.started_at desc limit 1;
        window_end := until + interval '2 days';
    else
        resume := since;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream order by p.started_at desc limit 1;
    end if;
    first_start := coalesce(entry.started_at, resume);
    last_moment := known.last_occurred_at;
    window_start := resume;

    <<windows>>
    loop
        for moment in
            select t.occurred_at, array_agg(t) as taps
            from private.taps_of_stream(stream, kind, organization, window_start, window_end) as t
            group by t.occurred_at order by t.occurred_at
        loop
            last_moment := greatest(last_moment, moment.occurred_at);
            is_open := entry.started_at is not null and entry.ended_at is null;
            if is_open and has_stops then
                entry.ended_at := private.stop_of(entry, moment.occurred_at);
                is_open := entry.ended_at is null;
            end if;
            if is_open and moment.occurred_at > entry.limit_at then
                entry.ended_at := entry.limit_at;
                entry.flags := array['auto_closed'];
                is_open := false;
            end if;
            if is_late and moment.occurred_at > until and entry.started_at is not null and not is_open then
                select * into stored from private.paired_entries as p
                where p.stream_id = stream and p.started_at < moment.occurred_at order by p.started_at desc limit 1;
                if stored is not distinct from entry then
                    settled_at := moment.occurred_at;
                    exit windows;
                end if;
            end if;
            taps := moment.taps;
            if cardinality(taps) > 1 and kind = 'dock' then
                taps := private.in_dock_order(taps, case when is_open then entry.tag_id end);
            elsif cardinality(taps) > 1 then
                taps := private.in_terminal_order(taps, is_open);
            end if;

            foreach tap in array taps loop
                is_open := entry.started_at is not null and entry.ended_at is null;
                if kind = 'dock' then
                    leaves := is_open and (tap.event_type = 'tag_removed') = (tap.tag_id = entry.tag_id);
                    enters := tap.event_type = 'tag_insert' and not (is_open and tap.tag_id = entry.tag_id);
                else
                    -- The last counted tap either opened or closed the last entry.
                    is_repeat := tap.occurred_at <= make_interval(secs => tap.debounce_seconds) + case
                        when is_open or 'auto_closed' = any(entry.flags) then entry.started_at else entry.ended_at
                    end;
                    leaves := is_open and (tap.direction = 'out' or tap.direction is null and not is_repeat);
                    enters := not is_open
                        and (tap.direction = 'in' or tap.direction is null and is_repeat is not true);
                end if;

                if leaves then
                    entry.ended_at := tap.occurred_at;
                    entry.flags := case
                        when tap.event_type = 'tag_insert' and kind = 'dock' then array['removal_missed'] else '{}'
                    end;
                    if entry.ended_at = entry.started_at then
                        entry := before;
                        before := null;
                    end if;
                end if;
                -- What is archived keeps its taps, but they open nothing.
                if enters then
                    enters := not exists (
                        select from public.tags as g where g.id = tap.tag_id and g.archived_at <= tap.occurred_at
                    ) and not exists (
                        select from public.people as p where p.id = tap.person_id and p.archived_at <= tap.occurred_at
                    );
                end if;
                if enters and kind = 'dock' and entry.tag_id = tap.tag_id and entry.flags = '{}'
                    and tap.occurred_at <= entry.limit_at
                    and tap.occurred_at <= entry.ended_at + make_interval(secs => entry.merge_gap_seconds) then
                    entry.ended_at := null;
                elsif enters then
                    if before.started_at is not null then
                        done := array_append(done, before);
                    end if;
                    before := entry;
                    entry := (
                        stream, tap.occurred_at, null, tap.occurred_at + make_interval(hours => tap.max_entry_hours),
                        tap.merge_gap_seconds, tap.tag_id, tap.device_id, tap.person_id, tap.project_id, '{}'::text[]
                    )::private.paired_entries;
                end if;
            end loop;
        end loop;
        exit windows when window_end > known.last_occurred_at;
        window_start := window_end;
        window_end := window_end + 4 * (window_end - resume);
    end loop;
    if settled_at = 'infinity' and has_stops and entry.ended_at is null and entry.started_at is not null then
        entry.ended_at := private.stop_of(entry, entry.limit_at);
        -- A tap from before the stop, should one come, is a late one.
        last_moment := greatest(last_moment, entry.ended_at);
    end if;
    if before.started_at is not null then
        done := array_append(done, before);
    end if;
    if entry.started_at is not null then
        done := array_append(done, entry);
    end if;

    if is_late then
        delete from private.paired_entries as p
        where p.stream_id = stream and p.started_at >= first_start and p.started_at < settled_at
            and not exists (select from unnest(done) as d where d.started_at = p.started_at);
    end if;
    insert into private.paired_entries as p select d.* from unnest(done) as d
    on conflict (stream_id, started_at) do update
    set ended_at = excluded.ended_at, limit_at = excluded.limit_at, merge_gap_seconds = excluded.merge_gap_seconds,
        tag_id = excluded.tag_id, device_id = excluded.device_id, person_id = excluded.person_id,
        project_id = excluded.project_id, flags = excluded.flags
    where p is distinct from excluded;
    update private.streams as s set last_occurred_at = last_moment
    where s.stream_id = stream and s.last_occurred_at < last_moment;
    changed_from := first_start;
    changed_before := settled_at;
end
$$;
create or replace function private.stop_of(entry private.paired_entries, until timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select min(s.stopped_at)
    from private.stops as s
    where s.stream_id = entry.stream_id and s.started_at >= entry.started_at
        and s.stopped_at <= least(until, entry.limit_at)
$$;
create or replace function private.streams_in_any_mode(organization_id uuid, device_id uuid, since timestamptz)
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
create or replace function private.streams_of_person(organization_id uuid, person_id uuid, since timestamptz)
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
create or replace function private.add_time_entry(
    organization_id uuid, person_id uuid, project_id uuid, started_at timestamptz, ended_at timestamptz, reason text,
    note text
)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    entry public.time_entries;
begin
    perform private.require_own_or_operator(organization_id, person_id);
    reason := private.require_reason(reason);
    perform private.require_possible_time(started_at, ended_at);
    if person_id is null then
        perform private.refuse(422, 'person_required', 'Time belongs to somebody.');
    end if;
    if length(note) > 2000 then
        perform private.refuse(422, 'invalid_note', 'A note has at most 2,000 characters.');
    end if;
    perform private.require_of_organization(organization_id, person_id, project_id);
    perform private.require_not_archived(person_id, project_id);
    entry.id := gen_random_uuid();
    entry.organization_id := organization_id;
    entry.person_id := person_id;
    entry.project_id := project_id;
    entry.started_at := started_at;
    entry.ended_at := ended_at;
    entry.limit_at := private.limit_of_entry(organization_id, started_at);
    entry.source := 'manual';
    entry.note := note;
    entry.flags := '{}';
    entry.corrected_fields := '{}';
    entry.version := 1;
    entry.created_at := private.now();
    entry.updated_at := private.now();
    perform private.store_entry(entry);
    return private.audit_entry(entry.id, 'add', null, reason);
end
$$;
create or replace function private.alert_archived_taps(caller private.caller, event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
    -- Few organizations have anything archived, and each tap would pay for the question.
    if not exists (
            select from public.tags as g
            where g.organization_id = caller.organization_id and g.archived_at is not null
        ) and not exists (
            select from public.people as p
            where p.organization_id = caller.organization_id and p.archived_at is not null
        ) then
        return;
    end if;
    perform private.raise_alert(
        caller.organization_id, 'archived_tap', caller.device_id,
        jsonb_build_object(
            'tag_id', tap.tag_id, 'tag_uid', tap.tag_uid, 'person_id', tap.person_id, 'occurred_at', tap.occurred_at
        )
    )
    from (
        select t.tag_id, t.tag_uid, t.person_id, t.occurred_at
        from private.taps as t
        inner join public.tags as g on t.tag_id = g.id
        left join public.people as p on t.person_id = p.id
        where t.id = any(event_ids) and t.mode is not null and t.event_type = 'tag_insert'
            and (g.archived_at <= t.occurred_at or p.archived_at <= t.occurred_at)
        order by t.occurred_at desc, t.id desc
        limit 1
    ) as tap;
end
$$;
create or replace function private.audit_entry(entry_id uuid, action text, before public.time_entries, reason text)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
declare
    entry public.time_entries;
    internals text[] := array[
        'stream_id', 'paired_started_at', 'claim_id', 'claim_started_at', 'claim_ended_at', 'end_set_at'
    ];
begin
    select * into entry from public.time_entries as t where t.id = entry_id;
    perform private.write_audit(
        coalesce(entry.organization_id, before.organization_id), action, 'time_entries', entry_id::text,
        case when before.id is not null then to_jsonb(before) - internals end,
        case when entry.id is not null then to_jsonb(entry) - internals end,
        reason
    );
    return entry;
end
$$;
create or replace function private.change_time_entry(entry_id uuid, expected_version integer, changes jsonb, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := before;
    field text;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        perform private.refuse(409, 'is_deleted', 'This entry is deleted. Restore it first.');
    end if;
    if jsonb_typeof(changes) is distinct from 'object' or changes = '{}' then
        perform private.refuse(422, 'no_changes', 'Expected an object with what changes.');
    end if;
    entry := private.claim_entry(entry);
    for field in select jsonb_object_keys(changes) loop
        if field not in ('started_at', 'ended_at', 'person_id', 'project_id', 'note') then
            perform private.refuse(422, 'unknown_field', format('An entry has no field %s to change.', field));
        end if;
        -- PostgreSQL would also accept words such as yesterday.
        if field in ('started_at', 'ended_at') and changes ->> field !~ '^\d{4}-\d\d-\d\d[T ]' then
            perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
        end if;
        if entry.stream_id is not null and field <> 'note' then
            entry.corrected_fields := array_remove(entry.corrected_fields, field);
            -- A time set to null follows the taps again.
            if changes ->> field is not null or field in ('person_id', 'project_id') then
                entry.corrected_fields := entry.corrected_fields || field;
            end if;
        end if;
    end loop;
    begin
        entry := jsonb_populate_record(
            entry,
            case when changes -> 'started_at' = 'null' then changes - 'started_at' else changes end
        );
    exception when data_exception then
        perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
    end;
    if length(entry.note) > 2000 then
        perform private.refuse(422, 'invalid_note', 'A note has at most 2,000 characters.');
    end if;
    if changes ? 'started_at' or changes ? 'ended_at' then
        perform private.require_possible_time(entry.started_at, entry.ended_at);
    end if;
    if entry.person_id is null and (entry.tag_id is null or before.person_id is not null) then
        perform private.refuse(422, 'person_required', 'Time belongs to somebody.');
    end if;
    perform private.require_of_organization(entry.organization_id, entry.person_id, entry.project_id);
    perform private.require_own_or_operator(entry.organization_id, entry.person_id);
    perform private.require_not_archived(
        nullif(entry.person_id, before.person_id), nullif(entry.project_id, before.project_id)
    );
    if entry.stream_id is null then
        entry.limit_at := private.limit_of_entry(entry.organization_id, entry.started_at);
        entry.flags := '{}';
    end if;
    if changes ? 'ended_at' then
        entry.end_set_at := private.end_set_at(entry);
    end if;
    perform private.store_entry(entry);
    return private.audit_entry(entry_id, 'change', before, reason);
end
$$;
create or replace function private.end_set_at(entry public.time_entries)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select case
        when entry.stream_id is null or not 'ended_at' = any(entry.corrected_fields) then null
        when entry.ended_at > entry.end_set_at then private.now()
        else coalesce(entry.end_set_at, private.now())
    end
$$;
create or replace function private.base_in_force(corrected public.time_entries)
returns private.paired_entries
language sql
stable
set search_path = ''
as $$
    select
        corrected.stream_id, t.occurred_at,
        case when corrected.claim_ended_at is null and limits.at < private.now() then limits.at else corrected.claim_ended_at end,
        limits.at, t.merge_gap_seconds, t.tag_id, t.device_id, t.person_id, t.project_id,
        case
            when corrected.claim_ended_at is null and limits.at < private.now() then array['auto_closed'] else '{}'
        end
    from private.taps as t
    cross join lateral (select t.occurred_at + make_interval(hours => t.max_entry_hours) as at) as limits
    where t.organization_id = corrected.organization_id and t.device_id = corrected.device_id
        and t.tag_id = corrected.tag_id and t.occurred_at = corrected.claim_started_at and t.event_type = 'tag_insert'
    limit 1
$$;
create or replace function private.is_contradicted(
    corrected public.time_entries, base private.paired_entries, shown_end timestamptz
)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case
        when 'started_at' = any(corrected.corrected_fields) and base.started_at <> corrected.claim_started_at then true
        when not 'ended_at' = any(corrected.corrected_fields) then false
        when corrected.claim_ended_at is not null then base.ended_at is distinct from corrected.claim_ended_at
        -- Ended while it was running: a tag that stayed longer is no contradiction, one that left earlier is.
        else coalesce(
            base.ended_at < least(shown_end, corrected.end_set_at) and not 'auto_closed' = any(base.flags), false
        )
    end
$$;
create or replace function private.follow_taps(
    corrected public.time_entries, base private.paired_entries, is_gone boolean, is_divided boolean
)
returns public.time_entries
language plpgsql
stable
set search_path = ''
as $$
declare
    shown public.time_entries := corrected;
    fixed text[] := corrected.corrected_fields;
    week interval := interval '168 hours';
begin
    shown.flags := base.flags;
    shown.paired_started_at := case when not is_gone then base.started_at end;
    shown.limit_at := base.limit_at;
    if not 'person_id' = any(fixed) then
        shown.person_id := base.person_id;
    end if;
    if not 'project_id' = any(fixed) then
        shown.project_id := base.project_id;
    end if;
    if not 'started_at' = any(fixed) then
        shown.started_at := base.started_at;
    end if;
    -- Corrected fields stay. Where they leave no possible entry, the fields that follow the taps give way.
    if 'ended_at' = any(fixed) then
        shown.started_at := least(greatest(shown.started_at, shown.ended_at - week), shown.ended_at);
        shown.flags := '{}';
    else
        shown.ended_at := case
            when base.ended_at is not null
                then least(greatest(base.ended_at, shown.started_at), shown.started_at + week)
        end;
    end if;
    if is_gone or is_divided or private.is_contradicted(corrected, base, shown.ended_at) then
        shown.flags := shown.flags || 'contradicted'::text;
    end if;
    return shown;
end
$$;
create or replace function private.entries_of_claim(
    stream private.streams, claim public.time_entries, taken timestamptz[]
)
returns timestamptz[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(p.started_at order by p.started_at), '{}')
    from private.paired_entries as p
    where p.stream_id = stream.stream_id and p.started_at <> all(taken)
        -- In a dock the other tags are other people's. At a terminal the stream is one person's, whatever the badge.
        and (stream.kind = 'terminal' or p.tag_id = claim.tag_id)
        and p.started_at >= claim.claim_started_at - interval '168 hours'
        and p.started_at
        < coalesce(claim.claim_ended_at, claim.claim_started_at + interval '1 microsecond')
        and coalesce(p.ended_at, p.limit_at) > claim.claim_started_at
$$;
create or replace function private.publish_claims(stream uuid, since timestamptz, before timestamptz)
returns timestamptz[]
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    claimed timestamptz[] := '{}'::timestamptz[];
    starts timestamptz[];
    claim record;
    base private.paired_entries;
    corrected public.time_entries;
    shown public.time_entries;
begin
    select * into known from private.streams as s where s.stream_id = stream;
    for claim in
        select
            (array_agg(t))[1] as first_part,
            bool_or(t.deleted_at is not null or t.corrected_fields && array['started_at', 'ended_at']) as replaces
        from public.time_entries as t
        where t.stream_id = stream and t.claim_id is not null and t.claim_started_at >= since
            and t.claim_started_at < before
        group by t.claim_id, t.claim_started_at, t.tag_id, t.device_id
        -- Of two that mean one entry the earlier takes it; at one instant what people can see decides.
        order by
            t.claim_started_at, (select g.uid from public.tags as g where g.id = t.tag_id), t.device_id, t.claim_id
    loop
        starts := private.entries_of_claim(known, claim.first_part, claimed);
        -- If only person or project was corrected, further entries in that time are published as they are.
        claimed := claimed || case when claim.replaces then starts else starts[1:1] end;
        if starts[1] is null then
            base := private.base_in_force(claim.first_part);
        else
            select p.* into base
            from private.paired_with_clock(stream, starts[1], starts[1] + interval '1 microsecond') as p;
        end if;
        for corrected in
            select * from public.time_entries as t
            where t.stream_id = stream and t.claim_id = (claim.first_part).claim_id
        loop
            shown := private.follow_taps(
                corrected, base, starts[1] is null, claim.replaces and cardinality(starts) > 1
            );
            update public.time_entries as t
            set started_at = shown.started_at, ended_at = shown.ended_at, flags = shown.flags,
                person_id = shown.person_id, project_id = shown.project_id, limit_at = shown.limit_at,
                paired_started_at = shown.paired_started_at, version = t.version + 1, updated_at = private.now()
            where t.id = corrected.id and shown is distinct from corrected;
        end loop;
    end loop;
    return claimed;
end
$$;
create or replace function private.lock_entry(entry_id uuid, expected_version integer)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
declare
    entry public.time_entries;
begin
    select * into entry from public.time_entries as t where t.id = entry_id;
    perform private.require_own_or_operator(entry.organization_id, entry.person_id);
    -- The stream first, in the same order as when events are recorded.
    perform from private.streams as s where s.stream_id = entry.stream_id for update;
    select * into entry from public.time_entries as t where t.id = entry_id for update;
    if entry.version is distinct from coalesce(expected_version, entry.version) then
        perform private.refuse(
            409, 'version_conflict', 'Somebody, or a tap, changed this entry meanwhile. Look at it again.'
        );
    end if;
    return private.settle_entry(entry);
end
$$;
create or replace function private.move_corrections(streams uuid[], organization uuid, since timestamptz)
returns void
language sql
set search_path = ''
as $$
    update public.time_entries as t
    set stream_id = v.stream_id
    from private.taps as v
    where t.stream_id = any(streams) and t.claim_id is not null and t.claim_started_at >= since
        and v.organization_id = organization and v.device_id = t.device_id and v.tag_id = t.tag_id
        and v.occurred_at = t.claim_started_at and v.event_type = 'tag_insert' and v.stream_id <> t.stream_id;
    delete from private.stops as s where s.stream_id = any(streams) and s.started_at >= since;
    select private.note_stop(stopped.stream_id, stopped.claim_started_at)
    from (
        select distinct t.stream_id, t.claim_started_at
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is not null and t.claim_started_at >= since
            -- The stream of a dock is the device; its tag is still in.
            and t.stream_id <> t.device_id
    ) as stopped
$$;
create or replace function private.pair_tag_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    is_given boolean := old.person_id is distinct from new.person_id or old.project_id is distinct from new.project_id;
    since timestamptz := least(case when is_given then private.now() end, old.archived_at, new.archived_at);
    streams uuid[];
    kinds text[];
begin
    -- relabel_tag pairs what it changes by itself.
    if coalesce(current_setting('gatebook.assigned_from', true), '') <> '' then
        return null;
    end if;
    -- Waits for taps of this tag that are being recorded, and lets none in before the change holds.
    perform from public.tags as t where t.id = new.id for update;
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_tag(new.id, since) as s;
    if streams is not null then
        -- Its taps at terminals were others' before.
        select streams || array_agg(s.stream_id), kinds || array_agg('terminal'::text) into streams, kinds
        from (
            select new.id as stream_id
            union
            select a.person_id from public.tag_assignments as a where a.tag_id = new.id and a.person_id is not null
        ) as s;
        perform private.pair_again(streams, kinds, new.organization_id, since);
    end if;
    return null;
end
$$;
create or replace function private.pair_device_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    streams uuid[];
    kinds text[];
begin
    perform private.lock_recording(new.organization_id, new.id);
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_in_any_mode(new.organization_id, new.id, private.now()) as s;
    if streams is not null then
        perform private.pair_again(streams, kinds, new.organization_id, private.now());
    end if;
    return null;
end
$$;
create or replace function private.pair_person_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := least(old.archived_at, new.archived_at);
    streams uuid[];
    kinds text[];
begin
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_person(new.organization_id, new.id, since) as s;
    if streams is not null then
        perform private.pair_again(streams, kinds, new.organization_id, since);
    end if;
    return null;
end
$$;
create or replace function private.record_device_events(device_key text, key_kind text, events jsonb)
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
                time_quality, dedupe_key, payload, is_by_order
            )
            select
                caller.organization_id, caller.device_id, e.event_type, t.id, e.tag_uid, e.direction, e.device_time,
                e.occurred_at, private.now(), e.time_quality, e.dedupe_key, e.payload,
                e.is_by_order
            from unnest(incoming) as e
            join public.tags as t on t.organization_id = caller.organization_id and t.uid = e.tag_uid
            order by e.place
            on conflict (device_id, dedupe_key) do nothing
            returning id
        )
        select array_agg(id) into stored_ids from stored;
        if stored_ids is not null then
            perform private.pair_events(stored_ids);
            perform private.alert_archived_taps(caller, stored_ids);
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
create or replace function private.drop_claim(entry public.time_entries, reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
    part public.time_entries;
begin
    for part in
        select * from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id and t.id <> entry.id
        order by t.started_at, t.id
    loop
        delete from public.time_entries as t where t.id = part.id;
        perform private.audit_entry(part.id, 'restore', part, reason);
    end loop;
    if entry.paired_started_at is null then
        delete from public.time_entries as t where t.id = entry.id;
    else
        update public.time_entries as t
        set claim_id = null, claim_started_at = null, claim_ended_at = null, corrected_fields = '{}',
            end_set_at = null, note = null, started_at = t.paired_started_at, ended_at = null, version = t.version + 1, updated_at = private.now()
        where t.id = entry.id;
    end if;
    perform private.renew_stream(entry);
end
$$;
create or replace function private.set_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := coalesce(valid_from, private.now());
    streams uuid[];
    kinds text[];
    changed integer := 0;
begin
    perform private.require_role(organization_id, case when device_id is null then 'admin' else 'operator' end);
    if since > private.now() then
        perform private.refuse(422, 'in_the_future', 'Settings hold from now on or from a time in the past.');
    end if;
    if merge_gap_seconds not between 0 and 3600 or debounce_seconds not between 0 and 3600
        or max_entry_hours not between 1 and 168 then
        perform private.refuse(
            422, 'invalid_setting', 'Gap and debounce are 0 to 3600 seconds, an entry lasts 1 to 168 hours.'
        );
    end if;
    if device_id is not null and not exists (
        select from public.devices as d
        where d.id = set_pairing_settings.device_id and d.organization_id = set_pairing_settings.organization_id
    ) then
        perform private.refuse(422, 'unknown_device', 'This organization has no such device.');
    end if;
    perform private.lock_recording(organization_id, device_id);
    insert into public.pairing_settings as s (
        organization_id, device_id, valid_from, mode, person_id, merge_gap_seconds, debounce_seconds, max_entry_hours,
        created_by
    )
    select
        set_pairing_settings.organization_id, set_pairing_settings.device_id, since, held.mode, held.person_id,
        set_pairing_settings.merge_gap_seconds, set_pairing_settings.debounce_seconds,
        set_pairing_settings.max_entry_hours, auth.uid()
    from (select 1) as always
    left join lateral (
        select p.mode, p.person_id from public.pairing_settings as p
        where p.device_id = set_pairing_settings.device_id and p.valid_from <= since
        order by p.valid_from desc limit 1
    ) as held on true
    on conflict on constraint pairing_settings_organization_id_device_id_valid_from_key do update
    set merge_gap_seconds = excluded.merge_gap_seconds, debounce_seconds = excluded.debounce_seconds,
        max_entry_hours = excluded.max_entry_hours, created_by = excluded.created_by;
    -- Later rows of the same device or organization take the new numbers and keep their mode and owner.
    update public.pairing_settings as s
    set merge_gap_seconds = set_pairing_settings.merge_gap_seconds,
        debounce_seconds = set_pairing_settings.debounce_seconds,
        max_entry_hours = set_pairing_settings.max_entry_hours
    where s.organization_id = set_pairing_settings.organization_id
        and s.device_id is not distinct from set_pairing_settings.device_id and s.valid_from > since;

    -- Also if it holds from now on, because an event may be slightly in the future.
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_devices(set_pairing_settings.organization_id, set_pairing_settings.device_id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams, kinds, organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
create or replace function private.settle_entry(entry public.time_entries)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
begin
    if entry.ended_at is not null or entry.deleted_at is not null or entry.limit_at >= private.now() then
        return entry;
    end if;
    if entry.stream_id is not null then
        perform private.publish_entries(entry.stream_id, least(entry.claim_started_at, entry.paired_started_at));
    else
        update public.time_entries as t
        set ended_at = t.limit_at, flags = array['auto_closed'], version = t.version + 1, updated_at = private.now()
        where t.id = entry.id;
    end if;
    select * into entry from public.time_entries as t where t.id = entry.id;
    return entry;
end
$$;
create or replace function private.has_running(person_id uuid, entry_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
    -- Two requests for one person wait for each other; taps do not wait.
    perform from public.people as p where p.id = has_running.person_id for no key update;
    perform private.settle_entry(t)
    from public.time_entries as t
    where t.person_id = has_running.person_id and t.id is distinct from has_running.entry_id
        and t.source = 'manual' and t.ended_at is null and t.deleted_at is null;
    return exists (
        select from public.time_entries as t
        where t.person_id = has_running.person_id and t.id is distinct from has_running.entry_id
            and t.source = 'manual' and t.ended_at is null and t.deleted_at is null
    );
end
$$;
create or replace function private.split_time_entry(
    entry_id uuid, expected_version integer, split_at timestamptz, reason text, project_id uuid
)
returns setof public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    first_part public.time_entries := private.claim_entry(before);
    second_part public.time_entries := first_part;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        perform private.refuse(409, 'is_deleted', 'This entry is deleted. Restore it first.');
    end if;
    if split_at is null or split_at <= before.started_at or split_at >= coalesce(before.ended_at, private.now()) then
        perform private.refuse(422, 'split_outside', 'An entry is split at a time within it.');
    end if;
    perform private.require_of_organization(before.organization_id, null, project_id);
    perform private.require_not_archived(null, project_id);
    first_part.ended_at := split_at;
    second_part.id := gen_random_uuid();
    second_part.started_at := split_at;
    second_part.created_at := private.now();
    second_part.updated_at := private.now();
    second_part.version := 1;
    second_part.project_id := coalesce(split_time_entry.project_id, before.project_id);
    if before.stream_id is not null then
        first_part.corrected_fields := array_remove(before.corrected_fields, 'ended_at') || 'ended_at'::text;
        first_part.end_set_at := private.end_set_at(first_part);
        second_part.corrected_fields := array_remove(before.corrected_fields, 'started_at') || 'started_at'::text;
        if split_time_entry.project_id is not null then
            second_part.corrected_fields := array_remove(second_part.corrected_fields, 'project_id')
            || 'project_id'::text;
        end if;
    else
        first_part.flags := '{}';
        second_part.limit_at := private.limit_of_entry(before.organization_id, split_at);
    end if;
    perform private.store_entry(first_part);
    perform private.store_entry(second_part);
    return next private.audit_entry(first_part.id, 'split', before, reason);
    return next private.audit_entry(second_part.id, 'split', null, reason);
end
$$;
create or replace function private.stopped_at(stream uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    -- After its tap, even if the clock of the device is ahead.
    select greatest(min(stop.at), stopped_at.started_at + interval '1 microsecond')
    from (
        select max(least(t.deleted_at, t.end_set_at)) as at
        from public.time_entries as t
        where t.stream_id = stream and t.claim_started_at = stopped_at.started_at and t.claim_id is not null
        group by t.claim_id
        -- Both parts of what was split.
        having bool_and(least(t.deleted_at, t.end_set_at) is not null)
    ) as stop
    having min(stop.at) is not null
$$;
create or replace function private.note_stop(stream uuid, started_at timestamptz)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
    stop timestamptz := private.stopped_at(stream, started_at);
    stop_before timestamptz;
begin
    delete from private.stops as s where s.stream_id = stream and s.started_at = note_stop.started_at
    returning s.stopped_at into stop_before;
    if stop is not null then
        insert into private.stops (stream_id, started_at, stopped_at) values (stream, note_stop.started_at, stop);
    end if;
    return case when stop is distinct from stop_before then greatest(stop, stop_before) end;
end
$$;
create or replace function private.renew_stream(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
declare
    stream private.streams;
    until timestamptz;
begin
    select * into stream from private.streams as s where s.stream_id = entry.stream_id;
    if stream.kind = 'terminal' then
        until := private.note_stop(stream.stream_id, entry.claim_started_at);
        if until is not null then
            perform private.recompute_stream(
                stream.stream_id, stream.kind, stream.organization_id, entry.claim_started_at, until
            );
        end if;
    end if;
    -- Everything that the correction replaces or replaced starts in this range.
    perform private.publish_entries(
        entry.stream_id,
        least(entry.claim_started_at, entry.paired_started_at),
        greatest(entry.claim_ended_at, entry.claim_started_at, entry.paired_started_at) + interval '1 microsecond'
    );
end
$$;
create or replace function private.says_nothing(entry public.time_entries)
returns boolean
language sql
stable
set search_path = ''
as $$
    select entry.deleted_at is null and entry.corrected_fields = '{}' and entry.note is null and not exists (
        select from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id and t.id <> entry.id
    )
$$;
create or replace function private.store_entry(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
begin
    if entry.source = 'manual' and entry.ended_at is null and entry.deleted_at is null
        and private.has_running(entry.person_id, entry.id) then
        if entry.limit_at >= private.now() then
            perform private.refuse(409, 'already_running', 'This person has a running entry by hand. End that one first.');
        end if;
        -- What is past its limit has ended; one open row a person is all that the sweep has to look at.
        entry.ended_at := entry.limit_at;
        entry.flags := array['auto_closed'];
    end if;
    insert into public.time_entries as t
    select (entry).*
    on conflict (id) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, started_at = excluded.started_at,
        ended_at = excluded.ended_at, limit_at = excluded.limit_at, flags = excluded.flags, note = excluded.note,
        deleted_at = excluded.deleted_at, claim_id = excluded.claim_id, claim_started_at = excluded.claim_started_at,
        claim_ended_at = excluded.claim_ended_at, corrected_fields = excluded.corrected_fields,
        end_set_at = excluded.end_set_at, version = t.version + 1, updated_at = private.now();
    if entry.claim_id is not null and private.says_nothing(entry) then
        perform private.drop_claim(entry, null);
    elsif entry.stream_id is not null then
        perform private.renew_stream(entry);
    end if;
end
$$;
create or replace function private.sweep()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    stream record;
    closed integer := 0;
    ended integer;
    alerted integer;
begin
    for stream in
        select t.stream_id, min(least(t.paired_started_at, t.claim_started_at)) as since, count(*) as entries
        from public.time_entries as t
        where t.ended_at is null and t.deleted_at is null and t.limit_at < private.now() and t.stream_id is not null
        group by t.stream_id order by t.stream_id limit 1000
    loop
        if private.close_forgotten(stream.stream_id, stream.since) then
            closed := closed + stream.entries;
        end if;
    end loop;
    update public.time_entries as t
    set ended_at = t.limit_at, flags = t.flags || 'auto_closed'::text, version = t.version + 1, updated_at = private.now()
    where t.ended_at is null and t.deleted_at is null and t.limit_at < private.now() and t.stream_id is null;
    get diagnostics ended = row_count;

    -- Old entries that are loaded later raise no alert, nor do those whose alert is open or was cleared by a person.
    select count(private.raise_alert(
        t.organization_id, 'missing_clock_out', t.id,
        jsonb_build_object('person_id', t.person_id, 'started_at', t.started_at, 'ended_at', t.ended_at)
    )) into alerted
    from public.time_entries as t
    where t.flags @> array['auto_closed'] and t.deleted_at is null and t.ended_at > private.now() - interval '7 days'
        and not exists (
            select from public.alerts as a where a.source_id = t.id and a.kind = 'missing_clock_out'
                and (a.cleared_at is null or a.cleared_by is not null)
        );
    return jsonb_build_object('entries_closed', closed + ended, 'alerts_raised', alerted);
end
$$;
create or replace function private.start_timer(organization_id uuid, person_id uuid, project_id uuid, note text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    running public.time_entries;
begin
    perform private.require_own_or_operator(organization_id, person_id);
    -- A person has one timer; starting the next one stops it.
    perform from public.people as p where p.id = start_timer.person_id for no key update;
    for running in
        select * from public.time_entries as t
        where t.person_id = start_timer.person_id and t.organization_id = start_timer.organization_id
            and t.source = 'manual' and t.ended_at is null and t.deleted_at is null
    loop
        running := private.settle_entry(running);
        if running.ended_at is null then
            perform private.stop_timer(running.id, null, 'The next timer was started.');
        end if;
    end loop;
    return private.add_time_entry(organization_id, person_id, project_id, private.now(), null, 'Timer started.', note);
end
$$;
create or replace function private.stop_timer(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    entry public.time_entries := private.lock_entry(entry_id, expected_version);
begin
    if entry.ended_at is not null or entry.deleted_at is not null then
        perform private.refuse(409, 'not_running', 'This entry is not running.');
    end if;
    -- A timer that was started at this very instant has a length, too.
    return private.change_time_entry(
        entry_id, entry.version,
        jsonb_build_object('ended_at', greatest(private.now(), entry.started_at + interval '1 microsecond')),
        coalesce(reason, 'Timer stopped.')
    );
end
$$;
create or replace function private.entry_parts(organization_id uuid, from_date date, to_date date, person_id uuid, project_id uuid)
returns setof private.entry_part
language plpgsql
stable
set search_path = ''
-- A plan for the actual parameters: an absent filter costs nothing, and a present one uses its index.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = entry_parts.organization_id);
    range_start timestamptz := private.day_start(from_date, zone);
    range_end timestamptz := private.day_start(to_date + 1, zone);
    -- Row level security decides what is read. Naming a member's people as well lets the planner use an index.
    people uuid[] := case
        when entry_parts.person_id is not null then array[entry_parts.person_id]
        when entry_parts.organization_id not in (select private.organizations_with_role('viewer'))
            then array(select private.own_people())
    end;
begin
    return query
    with entry as (
        select
            t.id, t.person_id, t.tag_id, t.project_id, t.started_at,
            greatest(t.started_at, coalesce(t.ended_at, least(private.now(), t.limit_at))) as ended_at,
            t.ended_at is null and t.limit_at >= private.now() as is_running,
            case
                when t.ended_at is null and t.limit_at < private.now() then t.flags || 'auto_closed'::text else t.flags
            end as flags
        from public.time_entries as t
        where t.organization_id = entry_parts.organization_id and t.deleted_at is null
            and (people is null or t.person_id = any(people))
            and (entry_parts.project_id is null or t.project_id = entry_parts.project_id)
            -- By time_entries_last_a_week_at_most, entries in the range start at most a week before it.
            and t.started_at >= range_start - interval '168 hours' and t.started_at < range_end
    ),
    calendar as materialized (
        select d.day::date as day, private.day_start(d.day::date, zone) as starts_at,
            private.day_start(d.day::date + 1, zone) as ends_at
        from generate_series(from_date::timestamp, to_date::timestamp, interval '1 day') as d (day)
        -- Samoa had no 30 December 2011.
        where private.day_start(d.day::date, zone) < private.day_start(d.day::date + 1, zone)
    )
    select
        c.day, e.id, e.person_id, coalesce(e.person_id, e.tag_id), e.project_id,
        greatest(e.started_at, c.starts_at), least(e.ended_at, c.ends_at),
        e.is_running and e.ended_at <= c.ends_at, e.flags
    from entry as e
    cross join lateral generate_series(
        greatest((e.started_at at time zone zone)::date, from_date)::timestamp,
        -- An entry that ends at midnight has no part in the next day.
        least((greatest(e.ended_at - interval '1 microsecond', e.started_at) at time zone zone)::date, to_date)::timestamp,
        interval '1 day'
    ) as d (day)
    join calendar as c on c.day = d.day::date
    where e.started_at >= range_start or e.ended_at > range_start;
end
$$;
create or replace view private.tap_outcomes as
select
    t.id,
    t.organization_id,
    t.stream_id,
    t.person_id,
    t.project_id,
    case
        when verdict.reason in ('opened', 'closed') then verdict.reason
        when verdict.reason in ('left_briefly', 'came_back') then 'continued'
        when verdict.reason in ('tag_was_not_in', 'out_while_closed', 'after_limit') then 'anomaly'
        else 'ignored'
    end as outcome,
    verdict.reason,
    case
        when verdict.reason = 'opened' then t.occurred_at
        when verdict.reason in ('closed', 'left_briefly', 'came_back', 'already_in', 'repeated') then earlier.started_at
    end as entry_started_at
from private.taps as t
left join lateral (
    select p.tag_id
    from private.paired_entries as p
    where p.stream_id = t.stream_id and p.started_at = t.occurred_at
    order by p.started_at limit 1
) as started on true
left join lateral (
    select
        p.started_at, p.ended_at, p.tag_id,
        coalesce(p.ended_at, p.limit_at) >= t.occurred_at as covers,
        coalesce(p.ended_at, p.limit_at) < t.occurred_at
        and (p.ended_at is null or 'auto_closed' = any(p.flags)) as is_forgotten
    from private.paired_entries as p
    where p.stream_id = t.stream_id and p.started_at < t.occurred_at
    order by p.started_at desc limit 1
) as earlier on true
left join lateral (
    -- The latest tap of the tag during the entry tells whether it was in the slot.
    select e.event_type
    from public.device_events as e
    where e.device_id = t.device_id and e.organization_id = t.organization_id
        and e.occurred_at >= earlier.started_at and e.occurred_at < t.occurred_at and e.tag_id = t.tag_id
        -- Removal and insert at the same instant leave the tag where it was.
        and not exists (
            select from public.device_events as o
            where o.device_id = e.device_id and o.organization_id = e.organization_id
                and o.occurred_at = e.occurred_at and o.tag_id = e.tag_id and o.event_type <> e.event_type
        )
    order by e.occurred_at desc limit 1
) as tapped on t.mode = 'dock' and earlier.covers and earlier.tag_id = t.tag_id
cross join lateral (
    select
        case
            when t.mode is null then 'not_paired'
            when t.mode = 'terminal' and t.event_type = 'tag_removed' then 'removal_at_terminal'
            when started.tag_id = t.tag_id and t.event_type = 'tag_insert' and coalesce(t.direction, 'in') <> 'out'
                then 'opened'
            when t.event_type = 'tag_insert'
                and (earlier.covers is not true or t.mode = 'dock' and earlier.tag_id <> t.tag_id)
                and exists (
                    select from public.tags as g
                    where g.id = t.tag_id and g.archived_at <= t.occurred_at
                    union all
                    select from public.people as p
                    where p.id = t.person_id and p.archived_at <= t.occurred_at
                ) then 'archived'
            when t.mode = 'dock' and t.event_type = 'tag_insert' then
                case
                    when earlier.covers and earlier.tag_id = t.tag_id then
                        case tapped.event_type when 'tag_removed' then 'came_back' else 'already_in' end
                    else 'no_length'
                end
            when t.mode = 'dock' then
                case
                    when earlier.covers and earlier.tag_id = t.tag_id and tapped.event_type = 'tag_insert' then
                        case when earlier.ended_at = t.occurred_at then 'closed' else 'left_briefly' end
                    when exists (
                        select from public.device_events as e
                        where e.device_id = t.device_id and e.organization_id = t.organization_id
                            and e.occurred_at = t.occurred_at and e.tag_id = t.tag_id and e.event_type = 'tag_insert'
                    ) then 'no_length'
                    when earlier.tag_id = t.tag_id and earlier.is_forgotten then 'after_limit'
                    else 'tag_was_not_in'
                end
            when earlier.ended_at = t.occurred_at and not earlier.is_forgotten then 'closed'
            when earlier.covers then case t.direction when 'in' then 'already_in' else 'repeated' end
            when t.direction is null
                or t.occurred_at <= make_interval(secs => t.debounce_seconds)
                + case when earlier.is_forgotten then earlier.started_at else earlier.ended_at end
                then 'repeated'
            when t.direction = 'in' or exists (
                select from private.taps as came
                where came.stream_id = t.stream_id and came.organization_id = t.organization_id
                    and came.occurred_at = t.occurred_at and came.direction = 'in'
                    and came.tag_id in (
                        select t.tag_id
                        union
                        select a.tag_id from public.tag_assignments as a
                        where a.person_id = t.stream_id
                    )
            ) then 'no_length'
            when earlier.is_forgotten then 'after_limit'
            else 'out_while_closed'
        end as reason
    -- There is only one row; the limit keeps the planner from evaluating this for every use of reason.
    order by reason limit 1
) as verdict;
create or replace function public.presence_by_hour(
    organization_id uuid, from_date date, to_date date, person_id uuid default null
)
returns setof public.presence_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = presence_by_hour.organization_id);
    last_day date := least(to_date, (private.now() at time zone zone)::date);
begin
    perform private.require_reader(presence_by_hour.organization_id, 'member');
    perform private.require_days(from_date, to_date, 100);
    return query
    with piece as (
        select (m.part).day, m.counted_from as starts_at, (m.part).ends_at
        from private.measured_parts(
            presence_by_hour.organization_id, from_date, to_date, presence_by_hour.person_id, null
        ) as m
        where m.wall > interval '0'
    ),
    hour as (
        select
            extract(isodow from piece.day)::integer as weekday,
            extract(hour from h.starts_at at time zone zone)::integer as hour,
            sum(least(piece.ends_at, h.starts_at + step.length) - greatest(piece.starts_at, h.starts_at)) as spent
        from piece
        cross join lateral (
            select case
                when piece.ends_at - piece.starts_at
                    = (piece.ends_at at time zone zone) - (piece.starts_at at time zone zone) then interval '1 hour'
                else interval '15 minutes'
            end as length
        ) as step
        cross join lateral generate_series(
            -- The full hour in local time, which need not be one in UTC.
            piece.starts_at - (
                (piece.starts_at at time zone zone) - date_trunc('hour', piece.starts_at at time zone zone)
            ),
            piece.ends_at - interval '1 microsecond',
            -- Where clocks change within the piece, by less or more than an hour, quarters fall into the right hours.
            step.length
        ) as h (starts_at)
        group by 1, 2
    ),
    weekday as (
        select extract(isodow from d.day)::integer as weekday, count(*) as days
        from generate_series(from_date::timestamp, last_day::timestamp, interval '1 day') as d (day)
        group by 1
    )
    select
        hour.weekday, hour.hour, round(extract(epoch from hour.spent))::bigint,
        round(extract(epoch from hour.spent) / 3600 / weekday.days, 2)
    from hour
    left join weekday on weekday.weekday = hour.weekday
    order by hour.weekday, hour.hour;
end
$$;
create or replace function public.timesheet(
    organization_id uuid, from_date date, to_date date, person_id uuid default null, project_id uuid default null
)
returns setof public.timesheet_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_reader(timesheet.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            (m.part).day, (m.part).person_id, (m.part).project_id,
            extract(epoch from sum(m.elapsed)) as elapsed,
            extract(epoch from sum(m.project_wall)) as project_wall,
            count(*) as entry_count,
            bool_or((m.part).is_running) as running,
            private.part_flags(
                bool_or('auto_closed' = any((m.part).flags)), bool_or('contradicted' = any((m.part).flags)),
                bool_or(m.is_overlapping), bool_or('removal_missed' = any((m.part).flags))
            ) as flags
        from private.measured_parts(
            timesheet.organization_id, from_date, to_date, timesheet.person_id, null
        ) as m
        group by (m.part).day, (m.part).person_id, (m.part).project_id
    ),
    rounded as (
        -- What the day comes to is rounded, once; each project gets what it adds to that.
        select
            total.*,
            (round(sum(elapsed) over of_day) - round(sum(elapsed) over of_day - elapsed))::bigint as elapsed_seconds,
            (round(sum(project_wall) over of_day) - round(sum(project_wall) over of_day - project_wall))::bigint
            as wall_seconds
        from total
        window of_day as (partition by day, person_id order by project_id)
    )
    select
        t.day, t.person_id, p.name, t.project_id, j.name, j.color, t.elapsed_seconds, t.wall_seconds, t.entry_count,
        t.running, t.flags
    from rounded as t
    left join public.people as p on p.id = t.person_id
    left join public.projects as j on j.id = t.project_id
    where timesheet.project_id is null or t.project_id = timesheet.project_id
    order by t.day, p.name, t.person_id, j.name, t.project_id;
end
$$;
create index people_archived on public.people (organization_id) where archived_at is not null;
create index tags_archived on public.tags (organization_id) where archived_at is not null;

-- Of several running entries by hand the newest goes on; the others end where the next one began.
update public.time_entries as t
set ended_at = least(t.limit_at, later.started_at), version = t.version + 1, updated_at = private.now()
from (
    select
        r.id,
        lead(r.started_at) over (
            partition by r.person_id order by r.started_at, r.id
        ) as started_at
    from public.time_entries as r
    where r.source = 'manual' and r.ended_at is null and r.deleted_at is null
) as later
where t.id = later.id and later.started_at is not null;

create unique index time_entries_one_running_by_hand on public.time_entries (person_id)
where source = 'manual' and ended_at is null and deleted_at is null;
create trigger people_archive_time before update of archived_at on public.people
for each row when (new.archived_at is not null and new.archived_at is distinct from old.archived_at)
execute function private.keep_archive_time();
create trigger tags_archive_time before update of archived_at on public.tags
for each row when (new.archived_at is not null and new.archived_at is distinct from old.archived_at)
execute function private.keep_archive_time();
create trigger tags_pair_changes after update of person_id, project_id, archived_at on public.tags
for each row when (
    (old.person_id, old.project_id, old.archived_at) is distinct from (new.person_id, new.project_id, new.archived_at)
)
execute function private.pair_tag_changes();
create trigger devices_pair_changes after update of mode, person_id on public.devices
for each row when (old.mode is distinct from new.mode or old.person_id is distinct from new.person_id)
execute function private.pair_device_changes();
create trigger people_pair_changes after update of archived_at on public.people
for each row when (old.archived_at is distinct from new.archived_at)
execute function private.pair_person_changes();
grant select (is_by_order) on public.device_events to authenticated;
comment on function private.alert_archived_taps(private.caller, bigint[]) is
    'Raises an alert for a reader at which an archived tag, or an archived person''s, was tapped: nobody''s time is kept '
    'there. Only a person clears it.';
comment on function private.base_in_force(public.time_entries) is
    'What a corrected entry stands on when the taps no longer give one: the time that people saw, with what was in force '
    'at the tap that had opened it.';
comment on function private.end_set_at(public.time_entries) is
    'When people ended an entry from taps by hand: the first time that they said an end, or the first that they said a '
    'later one than that.';
comment on function private.entries_of_claim(private.streams, public.time_entries, timestamptz[]) is
    'The starts of the paired entries that a correction means: the one that spans the tap that had opened what people '
    'saw, and the others in the time that they saw; without those that are taken.';
comment on function private.follow_taps(public.time_entries, private.paired_entries, boolean, boolean) is
    'A corrected entry over what the taps say: corrected fields stay, the others follow, a contradiction is flagged.';
comment on function private.has_running(uuid, uuid) is
    'Whether a person has a running entry by hand other than this one. Ends the forgotten ones first, and locks the person.';
comment on function private.is_contradicted(public.time_entries, private.paired_entries, timestamptz) is
    'Whether the taps say another start or end than when people corrected it.';
comment on function private.keep_archive_time() is
    'Trigger function: people say that something is archived, the database says since when. Taps from before still count.';
comment on function private.local_instants(timestamp, text) is
    'The instants at which a clock in this time zone showed this local time: two where clocks were set back, else one.';
comment on function private.local_times(jsonb, text, timestamptz) is
    'When the events of a request happened whose times have no offset, by place. In the repeated hour of autumn the order '
    'of the request decides, and is_by_order says so.';
comment on function private.lock_entry(uuid, integer) is
    'The entry as of now, locked together with its stream. Refuses if the caller may not correct it, or if it is not the '
    'expected version (null: any version).';
comment on function private.lock_recording(uuid, uuid) is
    'Waits for events of a device, or of all of an organization, that are being recorded; later ones wait until the '
    'transaction ends, and so see what it changes.';
comment on function private.note_stop(uuid, timestamptz) is
    'Tells pairing when people ended what began with this tap, or that they did not. If that is new, returns the time '
    'until which it makes a difference.';
comment on function private.pair_device_changes() is
    'Trigger function on devices: pairs again what a change of mode or owner touches, such as taps of a clock that is '
    'ahead, or those being recorded meanwhile.';
comment on function private.pair_person_changes() is
    'Trigger function on people: pairs again what was tapped since somebody was archived, or while they were.';
comment on function private.pair_tag_changes() is
    'Trigger function on tags: pairs again what a change of person, project or archive touches, such as taps of a clock '
    'that is ahead.';
comment on function private.require_not_archived(uuid, uuid) is
    'Refuses with 422 if the person or the project is archived. Called by definers for time that people enter by hand.';
comment on function private.says_nothing(public.time_entries) is
    'Whether nothing is left of a correction: what was taken back is as if it had never been.';
comment on function private.settle_entry(public.time_entries) is
    'The entry as of now: what is past its limit has ended there, for every function, whether or not the sweep has come '
    'by. The caller has locked the entry and its stream.';
comment on function private.stop_of(private.paired_entries, timestamptz) is
    'When people ended this open entry by hand, until some time and within its limit; null if they did not.';
comment on function private.stopped_at(uuid, timestamptz) is
    'When people ended or deleted the entry that they saw begin with this tap; null if they did neither.';
comment on function private.store_entry(public.time_entries) is
    'Stores an entry that people added or corrected, and updates its stream.';
comment on function private.streams_in_any_mode(uuid, uuid, timestamptz) is
    'The streams that the taps of a device belong to, or did or will in another mode.';
comment on function private.streams_of_person(uuid, uuid, timestamptz) is
    'The streams with taps of the tags and devices that a person ever had.';
comment on table private.stops is
    'What people ended or deleted by hand at terminals. started_at is the tap that had opened the entry they saw, '
    'stopped_at when they said so. An input of pairing: the entry that spans that tap ends then, if it is still open, '
    'and the next tap comes in.';
set check_function_bodies = on;

insert into public.alert_kinds (kind, source_type, severity, capability) values
('archived_tap', 'device', 'warning', 'time');

-- When people said an end is in the audit log.
update public.time_entries as t
set end_set_at = coalesce((
    select min(l.occurred_at)
    from public.audit_log as l
    where l.organization_id = t.organization_id and l.table_name = 'time_entries' and l.row_id = t.id::text
        and (l.action = 'split' or l.action = 'change' and l.before ->> 'ended_at' is distinct from l.after ->> 'ended_at')
), t.updated_at)
where t.claim_id is not null and 'ended_at' = any(t.corrected_fields);

-- Stops count from when they were made, and corrections stand on what spans their tap.
do $$
declare
    stream record;
begin
    for stream in
        select s.stream_id, s.kind, s.organization_id, min(t.claim_started_at) as since
        from public.time_entries as t
        inner join private.streams as s on s.stream_id = t.stream_id
        where t.claim_id is not null
        group by s.stream_id
        order by s.stream_id
    loop
        delete from private.stops as p where p.stream_id = stream.stream_id;
        if stream.kind = 'terminal' then
            perform private.note_stop(stream.stream_id, c.claim_started_at)
            from (
                select distinct t.claim_started_at
                from public.time_entries as t
                where t.stream_id = stream.stream_id and t.claim_id is not null
            ) as c;
        end if;
        perform private.recompute_stream(stream.stream_id, stream.kind, stream.organization_id, stream.since);
    end loop;
end
$$;
