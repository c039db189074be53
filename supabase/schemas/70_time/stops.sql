create function private.stopped_at(stream uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select max(stop.at)
    from (
        select coalesce(max(t.ended_at) filter (where t.deleted_at is null), stopped_at.started_at) as at
        from public.time_entries as t
        where t.stream_id = stream and t.claim_started_at = stopped_at.started_at
            and t.claim_id is not null and t.claim_ended_at is null
        group by t.claim_id
        having bool_and(t.deleted_at is not null or 'ended_at' = any(t.corrected_fields))
    ) as stop
$$;
comment on function private.stopped_at(uuid, timestamptz) is
    'When people ended an entry that the taps had opened at this time and that was still running: its new end, or its '
    'start if they deleted it; null if they did neither.';

create function private.note_stop(stream uuid, started_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
    stop timestamptz := private.stopped_at(stream, started_at);
begin
    if stop is null then
        delete from private.stops as s where s.stream_id = stream and s.started_at = note_stop.started_at;
    else
        insert into private.stops (stream_id, started_at, stopped_at) values (stream, note_stop.started_at, stop)
        on conflict on constraint stops_pkey do update set stopped_at = excluded.stopped_at;
    end if;
end
$$;
comment on function private.note_stop(uuid, timestamptz) is
    'Tells pairing when people stopped the entry that the taps opened at this time, or that they did not.';
