create type public.presence_row as (
    weekday integer,
    hour integer,
    person_seconds bigint,
    average_people numeric
);
comment on type public.presence_row is
    'An hour (0-23) of a weekday (1 Monday to 7 Sunday): how long people were in, each person once, and how many that '
    'is on average.';

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
            sum(least(piece.ends_at, h.starts_at + interval '1 hour') - greatest(piece.starts_at, h.starts_at)) as spent
        from piece
        cross join lateral generate_series(
            -- The full hour in local time, which need not be one in UTC.
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
    'For the chart of presence; who may read what is as in timesheet. 422 above 100 days. Hours in which nobody was '
    'in are left out.';
grant execute on function public.presence_by_hour(uuid, date, date, uuid) to authenticated;
