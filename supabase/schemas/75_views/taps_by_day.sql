create type public.taps_by_day_row as (
    day date,
    device_id uuid,
    taps bigint
);
comment on type public.taps_by_day_row is 'How many events a device reported on one day of its organization.';

create function public.taps_by_day(organization_id uuid, from_date date, to_date date)
returns setof public.taps_by_day_row
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = taps_by_day.organization_id);
    range_start timestamptz := private.day_start(from_date, zone);
    range_end timestamptz := private.day_start(to_date + 1, zone);
begin
    perform private.require_reader(taps_by_day.organization_id, 'member');
    perform private.require_days(from_date, to_date, 100);
    return query
    select (e.occurred_at at time zone zone)::date as tap_day, d.id, count(*)
    from public.devices as d
    join public.device_events as e
        on e.device_id = d.id and e.organization_id = d.organization_id
            and e.occurred_at >= range_start and e.occurred_at < range_end
    where d.organization_id = taps_by_day.organization_id
    group by tap_day, d.id
    order by tap_day, d.id;
end
$$;
comment on function public.taps_by_day(uuid, date, date) is
    'For the chart of taps: members see their own devices, viewers and above all. to_date is included; 422 above 100 '
    'days.';
grant execute on function public.taps_by_day(uuid, date, date) to authenticated;
