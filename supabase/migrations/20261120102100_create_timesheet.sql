create type public.timesheet_row as (
    day date,
    person_id uuid,
    person_name text,
    project_id uuid,
    project_name text,
    project_color text,
    elapsed_seconds bigint,
    wall_seconds bigint,
    entry_count bigint,
    running boolean,
    flags text[]
);
comment on type public.timesheet_row is
    'What a person did on a project on a day. elapsed_seconds adds up all entries; wall_seconds counts the time in which '
    'two of them overlap once. Without a person: taps of tags that nobody has yet.';

create type public.timesheet_day as (
    day date,
    person_id uuid,
    person_name text,
    elapsed_seconds bigint,
    wall_seconds bigint,
    first_started_at timestamptz,
    last_ended_at timestamptz,
    entry_count bigint,
    running boolean,
    flags text[]
);
comment on type public.timesheet_day is
    'A person''s day over all projects. wall_seconds is how long they were there, overlaps counted once; the time from '
    'first_started_at to last_ended_at, less wall_seconds, is their breaks.';

create type private.measured_part as (
    part private.entry_part,
    counted_from timestamptz,
    elapsed interval,
    wall interval,
    project_wall interval,
    is_overlapping boolean
);

create function private.measured_parts(
    organization_id uuid, from_date date, to_date date, person_id uuid, project_id uuid
)
returns setof private.measured_part
language sql
stable
set search_path = ''
as $$
    with part as (
        select
            p,
            max((p).ends_at) over (of_day rows between unbounded preceding and 1 preceding) as counted_until,
            max((p).ends_at) over (of_project rows between unbounded preceding and 1 preceding) as project_counted_until,
            lead((p).starts_at) over of_day as next_starts_at
        from private.entry_parts(organization_id, from_date, to_date, person_id, project_id) as p
        window
            of_day as (partition by p.day, p.owner_id order by p.starts_at, p.ends_at, p.entry_id),
            of_project as (partition by p.day, p.owner_id, p.project_id order by p.starts_at, p.ends_at, p.entry_id)
    )
    select
        p,
        greatest((p).starts_at, counted_until),
        (p).ends_at - (p).starts_at,
        greatest((p).ends_at - greatest((p).starts_at, counted_until), interval '0'),
        greatest((p).ends_at - greatest((p).starts_at, project_counted_until), interval '0'),
        coalesce(counted_until > (p).starts_at, false) or coalesce(next_starts_at < (p).ends_at, false)
    from part
$$;
comment on function private.measured_parts(uuid, date, date, uuid, uuid) is
    'The parts of entry_parts with what each adds to its owner''s time: all of it, and what no earlier part of the day, '
    'or of the day and project, has covered.';

create function private.part_flags(
    auto_closed boolean, contradicted boolean, overlapping boolean, removal_missed boolean
)
returns text[]
language sql
immutable
set search_path = ''
as $$
    select array_remove(
        array[
            case when auto_closed then 'auto_closed' end,
            case when contradicted then 'contradicted' end,
            case when overlapping then 'overlapping' end,
            case when removal_missed then 'removal_missed' end
        ],
        null
    )
$$;
comment on function private.part_flags(boolean, boolean, boolean, boolean) is
    'The flags of several entries, each once, in one order.';

create function public.timesheet(
    organization_id uuid, from_date date, to_date date, person_id uuid default null, project_id uuid default null
)
returns setof public.timesheet_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_role(timesheet.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            (m.part).day, (m.part).person_id, (m.part).project_id,
            round(extract(epoch from sum(m.elapsed)))::bigint as elapsed_seconds,
            round(extract(epoch from sum(m.project_wall)))::bigint as wall_seconds,
            count(*) as entry_count,
            bool_or((m.part).is_running) as running,
            private.part_flags(
                bool_or('auto_closed' = any((m.part).flags)), bool_or('contradicted' = any((m.part).flags)),
                bool_or(m.is_overlapping), bool_or('removal_missed' = any((m.part).flags))
            ) as flags
        from private.measured_parts(
            timesheet.organization_id, from_date, to_date, timesheet.person_id, timesheet.project_id
        ) as m
        group by (m.part).day, (m.part).person_id, (m.part).project_id
    )
    select
        t.day, t.person_id, p.name, t.project_id, j.name, j.color, t.elapsed_seconds, t.wall_seconds, t.entry_count,
        t.running, t.flags
    from total as t
    left join public.people as p on p.id = t.person_id
    left join public.projects as j on j.id = t.project_id
    order by t.day, p.name, t.person_id, j.name, t.project_id;
end
$$;
comment on function public.timesheet(uuid, date, date, uuid, uuid) is
    'Members: their own time; viewers and above: everybody''s; per day, person and project. Days are split at midnight of '
    'the organization''s time zone, durations are elapsed time, to_date is included; 422 above 400 days. The order '
    '(day, person, project) is total: more rows than one answer holds are read with limit and offset.';

create function public.timesheet_days(
    organization_id uuid, from_date date, to_date date, person_id uuid default null
)
returns setof public.timesheet_day
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_role(timesheet_days.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            (m.part).day, (m.part).person_id,
            round(extract(epoch from sum(m.elapsed)))::bigint as elapsed_seconds,
            round(extract(epoch from sum(m.wall)))::bigint as wall_seconds,
            min((m.part).starts_at) as first_started_at,
            max((m.part).ends_at) as last_ended_at,
            count(*) as entry_count,
            bool_or((m.part).is_running) as running,
            private.part_flags(
                bool_or('auto_closed' = any((m.part).flags)), bool_or('contradicted' = any((m.part).flags)),
                bool_or(m.is_overlapping), bool_or('removal_missed' = any((m.part).flags))
            ) as flags
        from private.measured_parts(
            timesheet_days.organization_id, from_date, to_date, timesheet_days.person_id, null
        ) as m
        group by (m.part).day, (m.part).person_id
    )
    select
        t.day, t.person_id, p.name, t.elapsed_seconds, t.wall_seconds, t.first_started_at,
        case when not t.running then t.last_ended_at end, t.entry_count, t.running, t.flags
    from total as t
    left join public.people as p on p.id = t.person_id
    order by t.day, p.name, t.person_id;
end
$$;
comment on function public.timesheet_days(uuid, date, date, uuid) is
    'Members: their own time; viewers and above: everybody''s; a row per day and person, like timesheet. '
    'last_ended_at is null while the person is in.';

create type public.project_hours_row as (
    day date,
    project_id uuid,
    project_name text,
    project_color text,
    elapsed_seconds bigint,
    people bigint
);
comment on type public.project_hours_row is 'The time of all people on a project on a day.';

create function public.project_hours(
    organization_id uuid, from_date date, to_date date, person_id uuid default null
)
returns setof public.project_hours_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_role(project_hours.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            p.day, p.project_id,
            round(extract(epoch from sum(p.ends_at - p.starts_at)))::bigint as elapsed_seconds,
            count(distinct p.owner_id) as people
        from private.entry_parts(
            project_hours.organization_id, from_date, to_date, project_hours.person_id, null
        ) as p
        group by p.day, p.project_id
    )
    select t.day, t.project_id, j.name, j.color, t.elapsed_seconds, t.people
    from total as t
    left join public.projects as j on j.id = t.project_id
    order by t.day, j.name, t.project_id;
end
$$;
comment on function public.project_hours(uuid, date, date, uuid) is
    'For the chart of hours by project and day; who reads what, and the limit, are those of timesheet.';

create type public.presence_row as (
    weekday integer,
    hour integer,
    person_seconds bigint,
    average_people numeric
);
comment on type public.presence_row is
    'An hour (0-23) of a weekday (1 Monday to 7 Sunday): time that people were in, each once, and how many that is on average.';

create function public.presence_by_hour(
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
    last_day date := least(to_date, (now() at time zone zone)::date);
begin
    perform private.require_role(presence_by_hour.organization_id, 'member');
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
            sum(least(piece.ends_at, h.starts_at + interval '1 hour') - greatest(piece.starts_at, h.starts_at)) as spent
        from piece
        cross join lateral generate_series(
            -- The full hour by the clock on the wall, which need not be one in UTC.
            piece.starts_at - (
                (piece.starts_at at time zone zone) - date_trunc('hour', piece.starts_at at time zone zone)
            ),
            piece.ends_at - interval '1 microsecond',
            interval '1 hour'
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
comment on function public.presence_by_hour(uuid, date, date, uuid) is
    'For the chart of presence: who reads what is as in timesheet; 422 above 100 days. Hours in which nobody was in are left out.';

grant execute on function private.measured_parts(uuid, date, date, uuid, uuid) to authenticated, service_role;
grant execute on function private.part_flags(boolean, boolean, boolean, boolean) to authenticated, service_role;
grant execute on function public.timesheet(uuid, date, date, uuid, uuid) to authenticated;
grant execute on function public.timesheet_days(uuid, date, date, uuid) to authenticated;
grant execute on function public.project_hours(uuid, date, date, uuid) to authenticated;
grant execute on function public.presence_by_hour(uuid, date, date, uuid) to authenticated;
