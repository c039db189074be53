create type public.present_row as (
    entry_id uuid,
    person_id uuid,
    person_name text,
    since timestamptz,
    limit_at timestamptz,
    project_id uuid,
    project_name text,
    project_color text,
    device_id uuid,
    device_name text,
    place_name text,
    tag_id uuid,
    tag_label text,
    source text,
    version integer
);
comment on type public.present_row is
    'A running entry: who is in, since when, and on which project. After limit_at it is forgotten.';

create function public.present_now(organization_id uuid)
returns setof public.present_row
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    perform private.require_reader(present_now.organization_id, 'member');
    return query
    select
        t.id, t.person_id, p.name, t.started_at, t.limit_at, t.project_id, j.name, j.color,
        t.device_id, private.device_name(t.device_id), private.place_name(t.device_id),
        t.tag_id, g.label, t.source, t.version
    from public.time_entries as t
    left join public.people as p on p.id = t.person_id
    left join public.projects as j on j.id = t.project_id
    left join public.tags as g on g.id = t.tag_id
    where t.organization_id = present_now.organization_id and t.deleted_at is null
        and t.ended_at is null and t.limit_at >= private.now()
    order by t.started_at, t.id
    limit 1000;
end
$$;
comment on function public.present_now(uuid) is
    'Members see themselves, viewers and above everybody who is in, longest first: a row for each running entry '
    'within its limit, at most 1,000. A person with tags in two docks has two rows.';
grant execute on function public.present_now(uuid) to authenticated;
