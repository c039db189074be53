create function private.daily_taps(device_id uuid, organization_id uuid, days integer)
returns integer[]
language sql
stable
security definer
set search_path = ''
as $$
    with calendar as (
        select d.day::date as day, o.time_zone
        from public.organizations as o
        cross join lateral generate_series(
            (private.now() at time zone o.time_zone)::date - least(days, 100) + 1,
            (private.now() at time zone o.time_zone)::date,
            interval '1 day'
        ) as d (day)
        where o.id = daily_taps.organization_id
    )
    select array_agg(
        (
            select count(*)
            from public.device_events as e
            where e.device_id = daily_taps.device_id and e.organization_id = daily_taps.organization_id
                and e.occurred_at >= private.day_start(c.day, c.time_zone)
                and e.occurred_at < private.day_start(c.day + 1, c.time_zone)
        )::integer order by c.day
    )
    from calendar as c
$$;
comment on function private.daily_taps(uuid, uuid, integer) is
    'For views: the number of events of a device on each of the last days, today last. Needs only an index.';
grant execute on function private.daily_taps(uuid, uuid, integer) to authenticated, service_role;

create view public.device_overview with (security_invoker = true) as
select
    d.id,
    d.organization_id,
    d.external_id,
    d.name,
    d.kind,
    d.mode,
    d.time_zone,
    d.is_active,
    d.created_at,
    d.place_id,
    l.name as place_name,
    d.person_id,
    p.name as person_name,
    s.last_seen_at,
    (private.daily_taps(d.id, d.organization_id, 1))[1] as taps_today,
    private.daily_taps(d.id, d.organization_id, 14) as taps_by_day,
    (
        select count(*)
        from public.alerts as a
        where a.source_id = d.id and a.organization_id = d.organization_id and a.cleared_at is null
    ) as open_alerts,
    (
        select count(*)
        from public.device_keys as k
        where k.device_id = d.id and k.organization_id = d.organization_id
            and k.revoked_at is null and (k.expires_at is null or k.expires_at > private.now())
    ) as valid_keys
from public.devices as d
left join public.device_status as s on d.id = s.device_id
left join public.places as l on d.place_id = l.id and d.organization_id = l.organization_id
left join public.people as p on d.person_id = p.id and d.organization_id = p.organization_id;
comment on view public.device_overview is
    'Devices with their place, owner, last contact, open alerts and valid keys. taps_by_day has the last 14 days in '
    'the organization''s time zone, today last. Page by (name, id).';
revoke all on table public.device_overview from public, anon, authenticated, service_role;
grant select on public.device_overview to authenticated, service_role;
