create function private.taps_of_stream(
    stream uuid, kind text, organization uuid, since timestamptz, before timestamptz
)
returns setof private.taps
language plpgsql
stable
set search_path = ''
as $$
begin
    if kind = 'dock' then
        return query select t.* from private.taps as t
        where t.device_id = stream and t.organization_id = organization
            and t.occurred_at >= since and t.occurred_at < before and t.mode = 'dock'
        -- The order makes the planner use the index by device while the table has no statistics yet.
        order by t.occurred_at;
    else
        return query select t.* from private.taps as t
        where t.tag_id in (
                select stream
                union
                select a.tag_id from public.tag_assignments as a where a.person_id = stream
            )
            and t.organization_id = organization and t.occurred_at >= since and t.occurred_at < before
            and t.event_type = 'tag_insert' and t.stream_id = stream;
    end if;
end
$$;
comment on function private.taps_of_stream(uuid, text, uuid, timestamptz, timestamptz) is
    'The taps of a stream at or after since and before the other time, without order. kind is that of '
    'private.streams.';
