create view private.taps as
select
    e.id,
    e.organization_id,
    e.device_id,
    e.event_type,
    e.tag_id,
    e.tag_uid,
    e.direction,
    e.occurred_at,
    d.mode,
    coalesce(a.person_id, case when d.mode = 'dock' then d.person_id end) as person_id,
    a.project_id,
    coalesce(d.merge_gap_seconds, o.merge_gap_seconds, 10) as merge_gap_seconds,
    coalesce(d.debounce_seconds, o.debounce_seconds, 60) as debounce_seconds,
    coalesce(d.max_entry_hours, o.max_entry_hours, 12) as max_entry_hours,
    case
        when d.mode = 'dock' then e.device_id
        when d.mode = 'terminal' and e.event_type = 'tag_insert' then coalesce(a.person_id, e.tag_id)
    end as stream_id
from public.device_events as e
left join lateral (
    select s.mode, s.person_id, s.merge_gap_seconds, s.debounce_seconds, s.max_entry_hours
    from public.pairing_settings as s
    where s.device_id = e.device_id and s.organization_id = e.organization_id and s.valid_from <= e.occurred_at
    order by s.valid_from desc limit 1
-- What names no card, and what was read anew, belongs to no stream.
) as d on e.tag_id is not null and not exists (
    select from private.superseded_events as r
    where r.event_id = e.id
)
left join lateral (
    select s.merge_gap_seconds, s.debounce_seconds, s.max_entry_hours
    from public.pairing_settings as s
    where s.organization_id = e.organization_id and s.device_id is null and s.valid_from <= e.occurred_at
    order by s.valid_from desc limit 1
) as o on true
left join lateral (
    select t.person_id, t.project_id
    from public.tag_assignments as t
    where t.tag_id = e.tag_id and t.organization_id = e.organization_id and t.valid_from <= e.occurred_at
    order by t.valid_from desc limit 1
) as a on true;
comment on view private.taps is
    'Every event with the settings and the assignment that held when it happened, and with its stream. '
    'An event without a card, or one that was read anew, has no stream.';
