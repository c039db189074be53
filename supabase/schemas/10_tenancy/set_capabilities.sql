create function private.set_capabilities(organization_id uuid, capabilities text[])
returns public.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
    unknown text;
    changed public.organizations;
begin
    perform private.require_role(set_capabilities.organization_id, 'admin');
    select coalesce(wanted.name, 'null') into unknown
    from unnest(coalesce(set_capabilities.capabilities, array[null])) as wanted (name)
    where array_position(private.known_capabilities(), wanted.name) is null
    limit 1;
    if found then
        perform private.refuse(
            422, 'unknown_capability',
            format('Unknown: %s. Known: %s.', left(unknown, 100), array_to_string(private.known_capabilities(), ', '))
        );
    end if;
    -- Each once, in the order in which they are known: the same choice is the same row.
    update public.organizations as o
    set capabilities = array(
        select known.name
        from unnest(private.known_capabilities()) with ordinality as known (name, place)
        where known.name = any(set_capabilities.capabilities)
        order by known.place
    )
    where o.id = set_capabilities.organization_id
    returning * into changed;
    return changed;
end
$$;
comment on function private.set_capabilities(uuid, text[]) is 'Admins, through public.set_capabilities.';
grant execute on function private.set_capabilities(uuid, text[]) to authenticated;

create function public.set_capabilities(organization_id uuid, capabilities text[])
returns public.organizations
language sql
set search_path = ''
as $$
    select * from private.set_capabilities(organization_id, capabilities)
$$;
comment on function public.set_capabilities(uuid, text[]) is
    'Admins: what the organization uses, and so what the page shows. It hides, it protects nothing. '
    '422 unknown_capability names the one that is unknown.';
grant execute on function public.set_capabilities(uuid, text[]) to authenticated;
