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
    'When people ended, by hand and while it was running, the entry that the taps opened at a time; its start if they '
    'deleted it, null if they did neither.';

create function private.has_stops(stream uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
    select exists (
        select from public.time_entries as t
        where t.stream_id = stream and t.claim_id is not null and t.claim_ended_at is null
    )
$$;
comment on function private.has_stops(uuid) is 'Whether people corrected entries of a stream while they were running.';
