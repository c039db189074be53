create function public.search_people(
    organization_id uuid, query text default '', include_archived boolean default false, max_rows integer default 20
)
returns setof public.people
language sql
stable
set search_path = ''
as $$
    with wanted as (
        -- Escaped, so that the text is no pattern.
        select '%' || regexp_replace(btrim(coalesce(query, '')), '([\\%_])', '\\\1', 'g') || '%' as pattern
    )
    select p.*
    from public.people as p, wanted
    where p.organization_id = search_people.organization_id
        and (include_archived or p.archived_at is null)
        and (p.name ilike wanted.pattern or p.email ilike wanted.pattern or p.phone ilike wanted.pattern)
    order by p.name, p.id
    limit least(greatest(coalesce(max_rows, 20), 1), 100)
$$;
comment on function public.search_people(uuid, text, boolean, integer) is
    'People whose name, e-mail address or phone number contains the text, as far as the caller may read them; at most '
    '100.';
grant execute on function public.search_people(uuid, text, boolean, integer) to authenticated;
