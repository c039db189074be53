create view private.tap_outcomes as
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
    -- Where the tag of an entry was taken off and put back, the taps in between tell whether it was in.
    select e.event_type
    from public.device_events as e
    where e.device_id = t.device_id and e.organization_id = t.organization_id
        and e.occurred_at >= earlier.started_at and e.occurred_at < t.occurred_at and e.tag_id = t.tag_id
        -- Taken off and put back in one moment leaves the tag where it was.
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
    -- One row anyway: it keeps the planner from writing this out wherever reason is read.
    order by reason limit 1
) as verdict;
comment on view private.tap_outcomes is
    'What became of every event, from what the pairing made of the stream: opened, closed, continued (the tag was taken off '
    'and put back within merge_gap_seconds), ignored, or anomaly (it changed nothing and should have); reason says why.';

create type private.tap_outcome as (
    person_id uuid,
    project_id uuid,
    outcome text,
    reason text,
    entry_id uuid
);

create function private.outcome_of_tap(event_id bigint)
returns setof private.tap_outcome
language plpgsql
stable
security definer
set search_path = ''
-- One row of a page each: planning would cost more than looking up.
set plan_cache_mode = force_generic_plan
rows 1
-- So that the planner looks for an order that lets it stop at the end of the page.
cost 10000
as $$
begin
    return query
    select o.person_id, o.project_id, o.outcome, o.reason, entry.id
    from private.tap_outcomes as o
    left join lateral (
        select t.id
        from (
            -- Uncorrected and corrected entries each have their index.
            select c.id, c.started_at, c.deleted_at
            from public.time_entries as c
            where c.stream_id = o.stream_id and c.paired_started_at = o.entry_started_at and c.claim_id is null
            union all
            select c.id, c.started_at, c.deleted_at
            from public.time_entries as c
            where c.stream_id = o.stream_id and c.paired_started_at = o.entry_started_at and c.claim_id is not null
        ) as t
        where t.deleted_at is null
        order by t.started_at limit 1
    ) as entry on true
    where o.id = event_id;
end
$$;
comment on function private.outcome_of_tap(bigint) is 'Views: what became of an event, and the entry that it opened, closed or lies in.';

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
        -- One row anyway: event by event, whatever the planner thinks of doing it for all.
        select t.id, t.outcome, t.reason from private.tap_outcomes as t where t.id = newest.id
        order by t.id limit 1
    ) as o
    where (newest.event_type = 'tag_removed' or newest.direction = 'out') and o.outcome = 'anomaly';
end
$$;
comment on function private.anomalies_of(uuid) is
    'Views: the anomalies among the newest 10,000 events of an organization. An anomaly is one only as long as no late '
    'event explains it, so it is judged when read, and the number of events bounds what that costs.';
grant execute on function private.outcome_of_tap(bigint) to authenticated, service_role;
grant execute on function private.anomalies_of(uuid) to authenticated, service_role;

create view public.recent_taps with (security_invoker = true) as
select
    e.id,
    e.organization_id,
    e.event_type,
    e.direction,
    e.occurred_at,
    e.received_at,
    e.device_time,
    e.time_quality,
    e.device_id,
    private.device_name(e.device_id) as device_name,
    private.place_name(e.device_id) as place_name,
    e.tag_id,
    e.tag_uid,
    g.label as tag_label,
    p.id as person_id,
    p.name as person_name,
    j.id as project_id,
    j.name as project_name,
    o.outcome,
    o.reason,
    t.id as entry_id,
    t.started_at as entry_started_at,
    t.ended_at as entry_ended_at
from public.device_events as e
cross join lateral private.outcome_of_tap(e.id) as o
left join public.tags as g on e.tag_id = g.id and e.organization_id = g.organization_id
left join public.people as p on o.person_id = p.id and e.organization_id = p.organization_id
left join public.projects as j on o.project_id = j.id and e.organization_id = j.organization_id
left join public.time_entries as t on o.entry_id = t.id;
comment on view public.recent_taps is
    'What just happened, for words: each event with its device, tag, person and what became of it. Page by id desc within an '
    'organization, by (occurred_at desc, id) within an organization and a device or tag. outcome: opened, closed, continued, ignored, anomaly; '
    'reason: opened, closed, came_back, left_briefly, already_in, repeated, no_length, removal_at_terminal, not_paired, '
    'tag_was_not_in, out_while_closed, after_limit.';
revoke all on table public.recent_taps from public, anon, authenticated, service_role;
grant select on public.recent_taps to authenticated, service_role;

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
    'Events that changed nothing and should have, among the newest 10,000 of each organization: a dock''s removal of a tag '
    'that was not in (tag_was_not_in), a terminal''s out while nobody was in (out_while_closed), either of them after the '
    'entry had ended at its limit (after_limit). Order by id desc.';
revoke all on table public.event_anomalies from public, anon, authenticated, service_role;
grant select on public.event_anomalies to authenticated, service_role;
