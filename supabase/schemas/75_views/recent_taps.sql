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
-- Called for each row of a page, where planning would cost more than the query.
set plan_cache_mode = force_generic_plan
rows 1
-- A high cost makes the planner stop at the end of the page.
cost 10000
as $$
begin
    return query
    select o.person_id, o.project_id, o.outcome, o.reason, entry.id
    from private.tap_outcomes as o
    left join lateral (
        select t.id
        from (
            -- Two queries, because uncorrected and corrected entries have separate indexes.
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
comment on function private.outcome_of_tap(bigint) is
    'For views: what became of an event, and the entry that it opened or closed or during which it happened.';
grant execute on function private.outcome_of_tap(bigint) to authenticated, service_role;

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
    'Each event with its device, tag and person, and what became of it. Page by id desc within an organization, by '
    '(occurred_at desc, id) within an organization and a device or tag. outcome is opened, closed, continued, ignored '
    'or anomaly; reason is opened, closed, came_back, left_briefly, already_in, repeated, no_length, '
    'removal_at_terminal, not_paired, tag_was_not_in, out_while_closed, after_limit, '
    'random_id, unreadable or superseded.';
revoke all on table public.recent_taps from public, anon, authenticated, service_role;
grant select on public.recent_taps to authenticated, service_role;

create function public.latest_taps(organization_id uuid, max_rows integer default 50)
returns setof public.recent_taps
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
    row_count integer := greatest(1, least(coalesce(max_rows, 50), 200));
    own_ids bigint[];
begin
    perform private.require_reader(latest_taps.organization_id, 'member');
    if latest_taps.organization_id in (select private.organizations_with_role('viewer')) then
        return query
        select r.* from public.recent_taps as r
        where r.organization_id = latest_taps.organization_id
        order by r.id desc limit row_count;
        return;
    end if;
    -- Row level security alone would read everybody's events until enough of the member's own are found.
    own_ids := array(
        select e.id
        from private.own_tag_times() as own
        cross join lateral (
            select d.id from public.device_events as d
            where d.tag_id = own.tag_id and d.organization_id = own.organization_id
                and d.occurred_at >= own.held_from and d.occurred_at < own.held_until
            order by d.occurred_at desc limit row_count
        ) as e
        where own.organization_id = latest_taps.organization_id
        union
        select e.id
        from private.own_device_times() as own
        cross join lateral (
            select d.id from public.device_events as d
            where d.device_id = own.device_id and d.organization_id = own.organization_id
                and d.occurred_at >= own.held_from and d.occurred_at < own.held_until
            order by d.occurred_at desc limit row_count
        ) as e
        where own.organization_id = latest_taps.organization_id
        order by id desc limit row_count
    );
    return query select r.* from public.recent_taps as r where r.id = any(own_ids) order by r.id desc;
end
$$;
comment on function public.latest_taps(uuid, integer) is
    'Members see taps of tags and devices while these were their own, viewers and above all taps; newest first, at '
    'most 200. Its cost does not grow with the organization, so a list may ask every few seconds.';
grant execute on function public.latest_taps(uuid, integer) to authenticated;
