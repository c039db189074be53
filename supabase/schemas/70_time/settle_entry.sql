create function private.settle_entry(entry public.time_entries)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
begin
    if entry.ended_at is not null or entry.deleted_at is not null or entry.limit_at >= private.now() then
        return entry;
    end if;
    if entry.stream_id is not null then
        perform private.publish_entries(entry.stream_id, least(entry.claim_started_at, entry.paired_started_at));
    else
        update public.time_entries as t
        set ended_at = t.limit_at, flags = array['auto_closed'], version = t.version + 1, updated_at = private.now()
        where t.id = entry.id;
    end if;
    select * into entry from public.time_entries as t where t.id = entry.id;
    return entry;
end
$$;
comment on function private.settle_entry(public.time_entries) is
    'The entry as of now: what is past its limit has ended there, for every function, whether or not the sweep has come '
    'by. The caller has locked the entry and its stream.';

create function private.has_running(person_id uuid, entry_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
    -- Two requests for one person wait for each other; taps do not wait.
    perform from public.people as p where p.id = has_running.person_id for no key update;
    perform private.settle_entry(t)
    from public.time_entries as t
    where t.person_id = has_running.person_id and t.id is distinct from has_running.entry_id
        and t.source = 'manual' and t.ended_at is null and t.deleted_at is null;
    return exists (
        select from public.time_entries as t
        where t.person_id = has_running.person_id and t.id is distinct from has_running.entry_id
            and t.source = 'manual' and t.ended_at is null and t.deleted_at is null
    );
end
$$;
comment on function private.has_running(uuid, uuid) is
    'Whether a person has a running entry by hand other than this one. Ends the forgotten ones first, and locks the person.';
