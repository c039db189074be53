create function private.renew_stream(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
declare
    stream private.streams;
begin
    select * into stream from private.streams as s where s.stream_id = entry.stream_id;
    if stream.kind = 'terminal' and entry.claim_ended_at is null then
        perform private.note_stop(stream.stream_id, entry.claim_started_at);
        perform private.recompute_stream(
            stream.stream_id, stream.kind, stream.organization_id, entry.claim_started_at, entry.claim_started_at
        );
    end if;
    -- Everything that the correction replaces or replaced starts in this range.
    perform private.publish_entries(
        entry.stream_id,
        least(entry.claim_started_at, entry.paired_started_at),
        greatest(entry.claim_ended_at, entry.claim_started_at, entry.paired_started_at) + interval '1 microsecond'
    );
end
$$;
comment on function private.renew_stream(public.time_entries) is
    'Pairs and publishes the part of a stream around an entry after a correction, or after its undoing.';

create function private.store_entry(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
begin
    insert into public.time_entries as t
    select (entry).*
    on conflict (id) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, started_at = excluded.started_at,
        ended_at = excluded.ended_at, limit_at = excluded.limit_at, flags = excluded.flags, note = excluded.note,
        deleted_at = excluded.deleted_at, claim_id = excluded.claim_id, claim_started_at = excluded.claim_started_at,
        claim_ended_at = excluded.claim_ended_at, corrected_fields = excluded.corrected_fields,
        version = t.version + 1, updated_at = private.now();
    if entry.stream_id is not null then
        perform private.renew_stream(entry);
    end if;
end
$$;
comment on function private.store_entry(public.time_entries) is 'Stores a corrected entry and updates its stream.';
