create function private.reason_for_no_stream(event_id bigint)
returns text
language sql
stable
set search_path = ''
as $$
    select case
        when exists (select from private.superseded_events as r where r.event_id = e.id) then 'superseded'
        else coalesce(e.no_card, 'not_paired')
    end
    from public.device_events as e
    where e.id = reason_for_no_stream.event_id
$$;
comment on function private.reason_for_no_stream(bigint) is
    'Why an event counts nowhere: superseded, random_id, unreadable, or not_paired by a device without a mode.';

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
    -- The latest tap of the tag during the entry tells whether it was in the slot.
    select e.event_type
    from public.device_events as e
    where e.device_id = t.device_id and e.organization_id = t.organization_id
        and e.occurred_at >= earlier.started_at and e.occurred_at < t.occurred_at and e.tag_id = t.tag_id
        and not exists (
            select from private.superseded_events as r
            where r.event_id = e.id
        )
        -- Removal and insert at the same instant leave the tag where it was.
        and not exists (
            select from public.device_events as o
            where o.device_id = e.device_id and o.organization_id = e.organization_id
                and o.occurred_at = e.occurred_at and o.tag_id = e.tag_id and o.event_type <> e.event_type
                and not exists (
                    select from private.superseded_events as r
                    where r.event_id = o.id
                )
        )
    order by e.occurred_at desc limit 1
) as tapped on t.mode = 'dock' and earlier.covers and earlier.tag_id = t.tag_id
cross join lateral (
    select
        case
            when t.mode is null then private.reason_for_no_stream(t.id)
            when t.mode = 'terminal' and t.event_type = 'tag_removed' then 'removal_at_terminal'
            when started.tag_id = t.tag_id and t.event_type = 'tag_insert' and coalesce(t.direction, 'in') <> 'out'
                then 'opened'
            when t.event_type = 'tag_insert'
                and (earlier.covers is not true or t.mode = 'dock' and earlier.tag_id <> t.tag_id)
                and exists (
                    select from public.tags as g
                    where g.id = t.tag_id and g.archived_at <= t.occurred_at
                    union all
                    select from public.people as p
                    where p.id = t.person_id and p.archived_at <= t.occurred_at
                ) then 'archived'
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
                            and not exists (
                                select from private.superseded_events as r
                                where r.event_id = e.id
                            )
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
    -- There is only one row; the limit keeps the planner from evaluating this for every use of reason.
    order by reason limit 1
) as verdict;
comment on view private.tap_outcomes is
    'What became of every event: opened, closed, continued (the tag was off for at most merge_gap_seconds), ignored, '
    'or anomaly (it had no effect and should have had one). reason says why.';
