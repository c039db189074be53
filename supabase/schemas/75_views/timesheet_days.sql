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
    'A person''s day over all projects. wall_seconds is how long they were in, overlaps counted once; the time from '
    'first_started_at to last_ended_at minus wall_seconds is their breaks.';

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
    perform private.require_reader(timesheet_days.organization_id, 'member');
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
    'Members: their own time; viewers and above: everybody''s; a row for each day and person, as in timesheet. '
    'last_ended_at is null while the person is in.';
grant execute on function public.timesheet_days(uuid, date, date, uuid) to authenticated;
