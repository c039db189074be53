create type private.entry_part as (
    day date,
    entry_id uuid,
    person_id uuid,
    owner_id uuid,
    project_id uuid,
    starts_at timestamptz,
    ends_at timestamptz,
    is_running boolean,
    flags text[]
);

create function private.entry_parts(organization_id uuid, from_date date, to_date date, person_id uuid, project_id uuid)
returns setof private.entry_part
language plpgsql
stable
set search_path = ''
-- A plan for the actual parameters: an absent filter costs nothing, and a present one uses its index.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = entry_parts.organization_id);
    range_start timestamptz := private.day_start(from_date, zone);
    range_end timestamptz := private.day_start(to_date + 1, zone);
    -- Row level security decides what is read. Naming a member's people as well lets the planner use an index.
    people uuid[] := case
        when entry_parts.person_id is not null then array[entry_parts.person_id]
        when entry_parts.organization_id not in (select private.organizations_with_role('viewer'))
            then array(select private.own_people())
    end;
begin
    return query
    with entry as (
        select
            t.id, t.person_id, t.tag_id, t.project_id, t.started_at,
            greatest(t.started_at, coalesce(t.ended_at, least(private.now(), t.limit_at))) as ended_at,
            t.ended_at is null and t.limit_at >= private.now() as is_running,
            case
                when t.ended_at is null and t.limit_at < private.now() then t.flags || 'auto_closed'::text else t.flags
            end as flags
        from public.time_entries as t
        where t.organization_id = entry_parts.organization_id and t.deleted_at is null
            and (people is null or t.person_id = any(people))
            and (entry_parts.project_id is null or t.project_id = entry_parts.project_id)
            -- By time_entries_last_a_week_at_most, entries in the range start at most a week before it.
            and t.started_at >= range_start - interval '168 hours' and t.started_at < range_end
    ),
    calendar as materialized (
        select d.day::date as day, private.day_start(d.day::date, zone) as starts_at,
            private.day_start(d.day::date + 1, zone) as ends_at
        from generate_series(from_date::timestamp, to_date::timestamp, interval '1 day') as d (day)
    )
    select
        c.day, e.id, e.person_id, coalesce(e.person_id, e.tag_id), e.project_id,
        greatest(e.started_at, c.starts_at), least(e.ended_at, c.ends_at),
        e.is_running and e.ended_at <= c.ends_at, e.flags
    from entry as e
    cross join lateral generate_series(
        greatest((e.started_at at time zone zone)::date, from_date)::timestamp,
        -- An entry that ends at midnight has no part in the next day.
        least((greatest(e.ended_at - interval '1 microsecond', e.started_at) at time zone zone)::date, to_date)::timestamp,
        interval '1 day'
    ) as d (day)
    join calendar as c on c.day = d.day::date
    where e.started_at >= range_start or e.ended_at > range_start;
end
$$;
comment on function private.entry_parts(uuid, date, date, uuid, uuid) is
    'The entries that the caller may read, split at midnight in the organization''s time zone: one part a day. A '
    'running entry counts until now, a forgotten one until its limit. owner_id is the person, or the tag where there '
    'is no person.';
grant execute on function private.entry_parts(uuid, date, date, uuid, uuid) to authenticated, service_role;
