create function private.stopped_at(stream uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    -- After its tap, even if the clock of the device is ahead.
    select greatest(min(stop.at), stopped_at.started_at + interval '1 microsecond')
    from (
        select max(least(t.deleted_at, t.end_set_at)) as at
        from public.time_entries as t
        where t.stream_id = stream and t.claim_started_at = stopped_at.started_at and t.claim_id is not null
        group by t.claim_id
        -- Both parts of what was split.
        having bool_and(least(t.deleted_at, t.end_set_at) is not null)
    ) as stop
    having min(stop.at) is not null
$$;
comment on function private.stopped_at(uuid, timestamptz) is
    'When people ended or deleted the entry that they saw begin with this tap; null if they did neither.';

create function private.note_stop(stream uuid, started_at timestamptz)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
    stop timestamptz := private.stopped_at(stream, started_at);
    stop_before timestamptz;
begin
    delete from private.stops as s where s.stream_id = stream and s.started_at = note_stop.started_at
    returning s.stopped_at into stop_before;
    if stop is not null then
        insert into private.stops (stream_id, started_at, stopped_at) values (stream, note_stop.started_at, stop);
    end if;
    return case when stop is distinct from stop_before then greatest(stop, stop_before) end;
end
$$;
comment on function private.note_stop(uuid, timestamptz) is
    'Tells pairing when people ended what began with this tap, or that they did not. If that is new, returns the time '
    'until which it makes a difference.';
