-- An event is whose it was when it happened: whoever gets a badge or a reader next does not get its past along.
create function private.own_tag_times()
returns table (tag_id uuid, organization_id uuid, held_from timestamptz, held_until timestamptz)
language sql
stable
security definer
set search_path = ''
rows 10
as $$
    select held.tag_id, held.organization_id, held.valid_from, held.held_until
    from (
        select
            a.tag_id, a.organization_id, a.person_id, a.valid_from,
            lead(a.valid_from, 1, 'infinity') over (partition by a.tag_id order by a.valid_from) as held_until
        from public.tag_assignments as a
        where a.tag_id in (
            select own.tag_id from public.tag_assignments as own
            where own.person_id in (select private.own_people())
        )
    ) as held
    where held.person_id in (select private.own_people())
$$;
comment on function private.own_tag_times() is
    'Policies: the tags that mean, or once meant, the signed-in user, and from when until when.';

create function private.own_device_times()
returns table (device_id uuid, organization_id uuid, held_from timestamptz, held_until timestamptz)
language sql
stable
security definer
set search_path = ''
rows 10
as $$
    select held.device_id, held.organization_id, held.valid_from, held.held_until
    from (
        select
            s.device_id, s.organization_id, s.person_id, s.valid_from,
            lead(s.valid_from, 1, 'infinity') over (partition by s.device_id order by s.valid_from) as held_until
        from public.pairing_settings as s
        where s.device_id in (
            select own.device_id from public.pairing_settings as own
            where own.person_id in (select private.own_people())
        )
    ) as held
    where held.person_id in (select private.own_people())
$$;
comment on function private.own_device_times() is
    'Policies: the devices whose owner the signed-in user is, or once was, and from when until when.';
grant execute on function private.own_tag_times() to authenticated, service_role;
grant execute on function private.own_device_times() to authenticated, service_role;

-- Asked for each event of a long list: a look into a hash first, the times only of what has ever been the caller's.
alter policy device_events_select_owner_or_viewer on public.device_events
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or (
        device_id in (select own.device_id from private.own_device_times() as own)
        and exists (
            select from private.own_device_times() as own
            where own.device_id = device_events.device_id
                and device_events.occurred_at >= own.held_from and device_events.occurred_at < own.held_until
        )
    )
    or (
        tag_id in (select own.tag_id from private.own_tag_times() as own)
        and exists (
            select from private.own_tag_times() as own
            where own.tag_id = device_events.tag_id
                and device_events.occurred_at >= own.held_from and device_events.occurred_at < own.held_until
        )
    )
);
drop function private.own_tags();

create or replace function public.latest_taps(organization_id uuid, max_rows integer default 50)
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
        from private.own_tag_times() as own
        cross join lateral (
            select d.id from public.device_events as d
            where d.tag_id = own.tag_id and d.organization_id = own.organization_id
                and d.occurred_at >= own.held_from and d.occurred_at < own.held_until
            order by d.occurred_at desc limit row_count
        ) as e
        where own.organization_id = latest_taps.organization_id
        union
        select e.id
        from private.own_device_times() as own
        cross join lateral (
            select d.id from public.device_events as d
            where d.device_id = own.device_id and d.organization_id = own.organization_id
                and d.occurred_at >= own.held_from and d.occurred_at < own.held_until
            order by d.occurred_at desc limit row_count
        ) as e
        where own.organization_id = latest_taps.organization_id
        order by id desc limit row_count
    );
    return query select r.* from public.recent_taps as r where r.id = any(own_ids) order by r.id desc;
end
$$;
comment on function public.latest_taps(uuid, integer) is
    'Members: taps of tags and devices while they were their own; viewers and above: all; the newest first, at most 200. As '
    'quick for a member of a large organization as for anyone: for lists that are read again every few seconds.';
