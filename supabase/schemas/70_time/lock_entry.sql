create function private.lock_entry(entry_id uuid, expected_version integer)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
declare
    entry public.time_entries;
begin
    select * into entry from public.time_entries as t where t.id = entry_id;
    perform private.require_own_or_operator(entry.organization_id, entry.person_id);
    -- The stream first, in the same order as when events are recorded.
    perform from private.streams as s where s.stream_id = entry.stream_id for update;
    select * into entry from public.time_entries as t where t.id = entry_id for update;
    if entry.version is distinct from coalesce(expected_version, entry.version) then
        perform private.refuse(
            409, 'version_conflict', 'Somebody, or a tap, changed this entry meanwhile. Look at it again.'
        );
    end if;
    return entry;
end
$$;
comment on function private.lock_entry(uuid, integer) is
    'The entry, locked together with its stream. Refuses if the caller may not correct it, or if it is not the '
    'expected version (null: any version).';
