create function private.anomalies_of(organization_id uuid)
returns table (event_id bigint, reason text)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
    select o.id, o.reason
    from (
        select e.id, e.event_type, e.direction
        from public.device_events as e
        where e.organization_id = anomalies_of.organization_id
        order by e.id desc limit 10000
    ) as newest
    cross join lateral (
        -- There is only one row; the limit makes the planner go event by event.
        select t.id, t.outcome, t.reason from private.tap_outcomes as t where t.id = newest.id
        order by t.id limit 1
    ) as o
    where (newest.event_type = 'tag_removed' or newest.direction = 'out') and o.outcome = 'anomaly';
end
$$;
comment on function private.anomalies_of(uuid) is
    'For views: the anomalies among the newest 10,000 events of an organization. A late event may explain an anomaly, '
    'so each is judged when it is read; the number of events bounds the cost.';
grant execute on function private.anomalies_of(uuid) to authenticated, service_role;

create view public.event_anomalies with (security_invoker = true) as
select
    e.id,
    o.id as organization_id,
    e.event_type,
    e.direction,
    e.occurred_at,
    e.received_at,
    e.time_quality,
    e.device_id,
    private.device_name(e.device_id) as device_name,
    e.tag_id,
    e.tag_uid,
    g.label as tag_label,
    a.reason
from public.organizations as o
cross join lateral private.anomalies_of(o.id) as a
inner join public.device_events as e on a.event_id = e.id and o.id = e.organization_id
left join public.tags as g on e.tag_id = g.id and e.organization_id = g.organization_id;
comment on view public.event_anomalies is
    'Events that had no effect and should have had one, among the newest 10,000 of each organization: a removal at a '
    'dock of a tag that was not in (tag_was_not_in), an out at a terminal while nobody was in (out_while_closed), or '
    'either after the entry had ended at its limit (after_limit). Order by id desc.';
revoke all on table public.event_anomalies from public, anon, authenticated, service_role;
grant select on public.event_anomalies to authenticated, service_role;
