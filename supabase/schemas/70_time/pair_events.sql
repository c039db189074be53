create function private.pair_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    sent record;
    touched record;
begin
    select e.device_id, e.organization_id, min(e.occurred_at) as since, max(e.occurred_at) as until into sent
    from public.device_events as e
    where e.id = any(event_ids)
    group by e.device_id, e.organization_id;
    -- All events of a dock are one stream, so none has to be looked up.
    if private.is_dock(sent.device_id, sent.organization_id, sent.since, sent.until) then
        perform private.recompute_stream(sent.device_id, 'dock', sent.organization_id, sent.since, sent.until);
        return;
    end if;
    for touched in
        select t.stream_id, t.mode, t.organization_id, min(t.occurred_at) as since, max(t.occurred_at) as until
        from private.taps as t
        where t.id = any(event_ids) and t.stream_id is not null
        group by t.stream_id, t.mode, t.organization_id
        -- All transactions use the same order, so that they cannot deadlock.
        order by t.stream_id
    loop
        perform private.recompute_stream(
            touched.stream_id, touched.mode, touched.organization_id, touched.since, touched.until
        );
    end loop;
end
$$;
comment on function private.pair_events(bigint[]) is
    'Pairs the streams of new events of one device, and publishes the result.';
