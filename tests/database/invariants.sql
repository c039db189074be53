-- What must hold in every database, whatever has happened to it: each query finds what breaks it. The long runs end with
-- them. Constraints hold the same rules where they can; the glossary names both.

-- name: an entry ends after it starts, within a week
select t.id::text as what from public.time_entries as t
where t.ended_at < t.started_at or t.ended_at > t.started_at + interval '168 hours';

-- name: an entry belongs to somebody
select t.id::text as what from public.time_entries as t where t.person_id is null and t.tag_id is null;

-- name: a stream has one open entry at most
select p.stream_id::text as what from private.paired_entries as p
where p.ended_at is null group by p.stream_id having count(*) > 1;

-- name: what the taps say never overlaps within a stream
select p.stream_id::text as what
from (
    select e.stream_id, e.started_at, lag(coalesce(e.ended_at, e.limit_at)) over stream as before_ended_at
    from private.paired_entries as e
    window stream as (partition by e.stream_id order by e.started_at)
) as p
where p.started_at < p.before_ended_at;

-- name: every entry of taps that nobody corrected is what the taps say
select t.id::text as what
from public.time_entries as t
left join private.paired_entries as p on p.stream_id = t.stream_id and p.started_at = t.paired_started_at
where t.stream_id is not null and t.claim_id is null
    and (
        p.stream_id is null
        or (t.person_id, t.project_id, t.tag_id, t.device_id, t.started_at)
        is distinct from (p.person_id, p.project_id, p.tag_id, p.device_id, p.started_at)
        or t.ended_at is distinct from p.ended_at and not (p.ended_at is null and t.ended_at = p.limit_at)
    );

-- name: one open alert per cause
select a.source_id::text as what from public.alerts as a
where a.cleared_at is null group by a.organization_id, a.source_id, a.kind having count(*) > 1;

-- name: an organization has an active admin
select o.id::text as what from public.organizations as o
where exists (select from public.memberships as m where m.organization_id = o.id)
    and not exists (
        select from public.memberships as m where m.organization_id = o.id and m.role = 'admin' and m.is_active
    );

-- name: an event of a tag carries the number of that tag
select e.id::text as what from public.device_events as e
join public.tags as g on g.id = e.tag_id
where g.uid <> e.tag_uid;

-- name: entries, events and alerts are of their own organization
select t.id::text as what from public.time_entries as t
join public.tags as g on g.id = t.tag_id
where g.organization_id <> t.organization_id
union all
select t.id::text from public.time_entries as t
join public.devices as d on d.id = t.device_id
where d.organization_id <> t.organization_id
union all
select t.id::text from public.time_entries as t
join private.streams as s on s.stream_id = t.stream_id
where s.organization_id <> t.organization_id
union all
select a.id::text from public.alerts as a
join public.devices as d on d.id = a.source_id
where a.source_type = 'device' and d.organization_id <> a.organization_id;
