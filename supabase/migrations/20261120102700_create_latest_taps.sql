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
    perform private.require_role(latest_taps.organization_id, 'member');
    if latest_taps.organization_id in (select private.organizations_with_role('viewer')) then
        return query
        select r.* from public.recent_taps as r
        where r.organization_id = latest_taps.organization_id
        order by r.id desc limit row_count;
        return;
    end if;
    -- Row level security alone would read the events of everybody until enough of the member's own have come by.
    own_ids := array(
        select e.id
        from public.tags as t
        cross join lateral (
            select d.id from public.device_events as d
            where d.tag_id = t.id and d.organization_id = t.organization_id
            order by d.occurred_at desc limit row_count
        ) as e
        where t.id in (select private.own_tags()) and t.organization_id = latest_taps.organization_id
        union
        select e.id
        from public.devices as v
        cross join lateral (
            select d.id from public.device_events as d
            where d.device_id = v.id and d.organization_id = v.organization_id
            order by d.occurred_at desc limit row_count
        ) as e
        where v.id in (select private.own_devices()) and v.organization_id = latest_taps.organization_id
        order by id desc limit row_count
    );
    return query select r.* from public.recent_taps as r where r.id = any(own_ids) order by r.id desc;
end
$$;
comment on function public.latest_taps(uuid, integer) is
    'Members: taps of their own tags and devices; viewers and above: all; the newest first, at most 200. As quick for a '
    'member of a large organization as for anyone: for lists that are read again every few seconds.';
grant execute on function public.latest_taps(uuid, integer) to authenticated;
