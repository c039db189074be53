create function private.restart_time(stream uuid, since timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    resume timestamptz := since;
    entry private.paired_entries;
begin
    select * into entry from private.paired_entries as p
    where p.stream_id = stream and p.started_at < since order by p.started_at desc limit 1;
    while entry.ended_at is null and entry.started_at is not null or entry.ended_at >= resume loop
        resume := entry.started_at;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream and p.started_at < resume order by p.started_at desc limit 1;
    end loop;
    return resume;
end
$$;
comment on function private.restart_time(uuid, timestamptz) is
    'The latest time at or before since at which no entry of the stream was open.';
