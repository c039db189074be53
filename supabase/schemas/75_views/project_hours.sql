create type public.project_hours_row as (
    day date,
    project_id uuid,
    project_name text,
    project_color text,
    elapsed_seconds bigint,
    people bigint
);
comment on type public.project_hours_row is 'The time of all people on one project on one day.';

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
    perform private.require_reader(project_hours.organization_id, 'member');
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
    'For the chart of hours by project and day; who may read what, and the limit, are as in timesheet.';
grant execute on function public.project_hours(uuid, date, date, uuid) to authenticated;
