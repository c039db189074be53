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
    'What a person did on a project on a day. elapsed_seconds is the sum of all entries; wall_seconds counts time in '
    'which entries overlap once. Rows without a person are of tags that nobody has yet.';

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
    perform private.require_reader(timesheet.organization_id, 'member');
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
    'Members: their own time; viewers and above: everybody''s, by day, person and project. Days are split at midnight '
    'of the organization''s time zone, durations are elapsed time, to_date is included; 422 above 400 days. The order '
    '(day, person, project) is total, so longer results are read with limit and offset.';
grant execute on function public.timesheet(uuid, date, date, uuid, uuid) to authenticated;
