create function private.is_overlapping(
    entry_id uuid, organization_id uuid, person_id uuid, started_at timestamptz, ended_at timestamptz
)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
    select exists (
        select from public.time_entries as t
        where t.person_id = is_overlapping.person_id and t.organization_id = is_overlapping.organization_id
            and t.started_at < is_overlapping.ended_at
            and t.started_at >= is_overlapping.started_at - interval '168 hours'
            and coalesce(t.ended_at, least(private.now(), t.limit_at)) > is_overlapping.started_at
            and t.id <> is_overlapping.entry_id and t.deleted_at is null
    )
$$;
comment on function private.is_overlapping(uuid, uuid, uuid, timestamptz, timestamptz) is
    'For views: whether the person has another entry at that time. Whoever may read one entry of a person may read '
    'all of them.';
grant execute on function private.is_overlapping(uuid, uuid, uuid, timestamptz, timestamptz)
to authenticated, service_role;

create view public.time_entry_details with (security_invoker = true) as
select
    t.id,
    t.organization_id,
    t.person_id,
    p.name as person_name,
    t.project_id,
    j.name as project_name,
    j.color as project_color,
    t.tag_id,
    g.label as tag_label,
    g.uid as tag_uid,
    t.device_id,
    private.device_name(t.device_id) as device_name,
    private.place_name(t.device_id) as place_name,
    t.started_at,
    coalesce(t.ended_at, case when t.limit_at < private.now() then t.limit_at end) as ended_at,
    t.limit_at,
    t.ended_at is null and t.limit_at >= private.now() as is_running,
    round(
        extract(
            epoch from greatest(coalesce(t.ended_at, least(private.now(), t.limit_at)) - t.started_at, interval '0')
        )
    )::bigint as duration_seconds,
    case
        when t.ended_at is null and t.limit_at < private.now() then t.flags || 'auto_closed'::text else t.flags
    end as flags,
    t.person_id is not null and private.is_overlapping(
        t.id, t.organization_id, t.person_id, t.started_at, coalesce(t.ended_at, least(private.now(), t.limit_at))
    ) as is_overlapping,
    t.source,
    t.note,
    t.corrected_fields,
    t.version,
    t.created_at,
    t.updated_at
from public.time_entries as t
left join public.people as p on t.person_id = p.id and t.organization_id = p.organization_id
left join public.projects as j on t.project_id = j.id and t.organization_id = j.organization_id
left join public.tags as g on t.tag_id = g.id and t.organization_id = g.organization_id
where t.deleted_at is null;
comment on view public.time_entry_details is
    'Time entries with the names of what they refer to, as of now: an entry past its limit ends there, flagged '
    'auto_closed, even before the next sweep. ended_at null: running. Page by (started_at desc, id) within an '
    'organization, a person or a project.';
revoke all on table public.time_entry_details from public, anon, authenticated, service_role;
grant select on public.time_entry_details to authenticated, service_role;
