create type private.local_time as (
    at timestamptz,
    is_by_order boolean
);

create function private.local_instants(said timestamp, time_zone text)
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
comment on function private.local_instants(timestamp, text) is
    'The instants at which a clock in this time zone showed this local time: two where clocks were set back, else one.';

create function private.local_times(events jsonb, time_zone text, received_at timestamptz)
returns private.local_time[]
language plpgsql
stable
set search_path = ''
as $$
declare
    times private.local_time[] := array_fill(null::private.local_time, array[jsonb_array_length(events)]);
    latest timestamptz := received_at + interval '2 minutes';
    following timestamptz := timestamptz 'infinity';
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
comment on function private.local_times(jsonb, text, timestamptz) is
    'When the events of a request happened whose times have no offset, by place. In the repeated hour of autumn the order '
    'of the request decides, and is_by_order says so.';
