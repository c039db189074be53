create function private.renew_stream(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
declare
    stream private.streams;
    until timestamptz;
begin
    select * into stream from private.streams as s where s.stream_id = entry.stream_id;
    if stream.kind = 'terminal' then
        until := private.note_stop(stream.stream_id, entry.claim_started_at);
        if until is not null then
            perform private.recompute_stream(
                stream.stream_id, stream.kind, stream.organization_id, entry.claim_started_at, until
            );
        end if;
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

create function private.says_nothing(entry public.time_entries)
returns boolean
language sql
stable
set search_path = ''
as $$
    select entry.deleted_at is null and entry.corrected_fields = '{}' and entry.note is null and not exists (
        select from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id and t.id <> entry.id
    )
$$;
comment on function private.says_nothing(public.time_entries) is
    'Whether nothing is left of a correction: what was taken back is as if it had never been.';

create function private.store_entry(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
begin
    if entry.source = 'manual' and entry.ended_at is null and entry.deleted_at is null
        and private.has_running(entry.person_id, entry.id) then
        if entry.limit_at >= private.now() then
            perform private.refuse(409, 'already_running', 'This person has a running entry by hand. End that one first.');
        end if;
        -- What is past its limit has ended; one open row a person is all that the sweep has to look at.
        entry.ended_at := entry.limit_at;
        entry.flags := array['auto_closed'];
    end if;
    insert into public.time_entries as t
    select (entry).*
    on conflict (id) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, started_at = excluded.started_at,
        ended_at = excluded.ended_at, limit_at = excluded.limit_at, flags = excluded.flags, note = excluded.note,
        deleted_at = excluded.deleted_at, claim_id = excluded.claim_id, claim_started_at = excluded.claim_started_at,
        claim_ended_at = excluded.claim_ended_at, corrected_fields = excluded.corrected_fields,
        end_set_at = excluded.end_set_at, version = t.version + 1, updated_at = private.now();
    if entry.claim_id is not null and private.says_nothing(entry) then
        perform private.drop_claim(entry, null);
    elsif entry.stream_id is not null then
        perform private.renew_stream(entry);
    end if;
end
$$;
comment on function private.store_entry(public.time_entries) is
    'Stores an entry that people added or corrected, and updates its stream.';
