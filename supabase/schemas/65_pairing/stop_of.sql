create function private.stop_of(entry private.paired_entries, until timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select min(s.stopped_at)
    from private.stops as s
    where s.stream_id = entry.stream_id and s.started_at >= entry.started_at
        and s.stopped_at <= least(until, entry.limit_at)
$$;
comment on function private.stop_of(private.paired_entries, timestamptz) is
    'When people ended this open entry by hand, until some time and within its limit; null if they did not.';
