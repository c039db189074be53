create type private.measured_part as (
    part private.entry_part,
    counted_from timestamptz,
    elapsed interval,
    wall interval,
    project_wall interval,
    is_overlapping boolean
);

create function private.measured_parts(
    organization_id uuid, from_date date, to_date date, person_id uuid, project_id uuid
)
returns setof private.measured_part
language sql
stable
set search_path = ''
as $$
    with part as (
        select
            p,
            max((p).ends_at) over (of_day rows between unbounded preceding and 1 preceding) as counted_until,
            max((p).ends_at) over (of_project rows between unbounded preceding and 1 preceding) as project_counted_until,
            lead((p).starts_at) over of_day as next_starts_at
        -- Of all projects, since overlapping entries may be of another one.
        from private.entry_parts(organization_id, from_date, to_date, person_id, null) as p
        window
            of_day as (partition by p.day, p.owner_id order by p.starts_at, p.ends_at, p.entry_id),
            of_project as (partition by p.day, p.owner_id, p.project_id order by p.starts_at, p.ends_at, p.entry_id)
    )
    select
        p,
        greatest((p).starts_at, counted_until),
        (p).ends_at - (p).starts_at,
        greatest((p).ends_at - greatest((p).starts_at, counted_until), interval '0'),
        greatest((p).ends_at - greatest((p).starts_at, project_counted_until), interval '0'),
        coalesce(counted_until > (p).starts_at, false) or coalesce(next_starts_at < (p).ends_at, false)
    from part
    where measured_parts.project_id is null or (p).project_id = measured_parts.project_id
$$;
comment on function private.measured_parts(uuid, date, date, uuid, uuid) is
    'The parts of entry_parts, each with its whole time, and with the time that no earlier part of the same day (or '
    'day and project) covers. Measured over all projects, even if one is asked for.';
grant execute on function private.measured_parts(uuid, date, date, uuid, uuid) to authenticated, service_role;

create function private.part_flags(
    auto_closed boolean, contradicted boolean, overlapping boolean, removal_missed boolean
)
returns text[]
language sql
immutable
set search_path = ''
as $$
    select array_remove(
        array[
            case when auto_closed then 'auto_closed' end,
            case when contradicted then 'contradicted' end,
            case when overlapping then 'overlapping' end,
            case when removal_missed then 'removal_missed' end
        ],
        null
    )
$$;
comment on function private.part_flags(boolean, boolean, boolean, boolean) is
    'The flags of several entries, each once, in a fixed order.';
grant execute on function private.part_flags(boolean, boolean, boolean, boolean) to authenticated, service_role;
