create function private.add_unknown_tags(events private.incoming_event[], caller private.caller)
returns void
language sql
set search_path = ''
as $$
    -- Ordered by uid, so that two batches with the same new tags cannot deadlock.
    insert into public.tags (organization_id, uid, tag_type, first_seen_at, first_seen_device_id)
    select distinct on (e.tag_uid)
        caller.organization_id, e.tag_uid, left(e.tag_type, 200), e.occurred_at, caller.device_id
    from unnest(events) as e
    where e.no_card is null and not exists (
            select from public.tags as t where t.organization_id = caller.organization_id and t.uid = e.tag_uid
        )
    order by e.tag_uid, e.place
    on conflict (organization_id, uid) do nothing
$$;
comment on function private.add_unknown_tags(private.incoming_event[], private.caller) is
    'Creates a tag without an owner for each id that is seen for the first time and names a card.';
