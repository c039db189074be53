create function private.change_time_entry(entry_id uuid, expected_version integer, changes jsonb, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := before;
    field text;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        perform private.refuse(409, 'is_deleted', 'This entry is deleted. Restore it first.');
    end if;
    if jsonb_typeof(changes) is distinct from 'object' or changes = '{}' then
        perform private.refuse(422, 'no_changes', 'Expected an object with what changes.');
    end if;
    entry := private.claim_entry(entry);
    for field in select jsonb_object_keys(changes) loop
        if field not in ('started_at', 'ended_at', 'person_id', 'project_id', 'note') then
            perform private.refuse(422, 'unknown_field', format('An entry has no field %s to change.', field));
        end if;
        -- PostgreSQL would also accept words such as yesterday.
        if field in ('started_at', 'ended_at') and changes ->> field !~ '^\d{4}-\d\d-\d\d[T ]' then
            perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
        end if;
        if entry.stream_id is not null and field <> 'note' then
            entry.corrected_fields := array_remove(entry.corrected_fields, field);
            -- A time set to null follows the taps again.
            if changes ->> field is not null or field in ('person_id', 'project_id') then
                entry.corrected_fields := entry.corrected_fields || field;
            end if;
        end if;
    end loop;
    begin
        entry := jsonb_populate_record(
            entry,
            case when changes -> 'started_at' = 'null' then changes - 'started_at' else changes end
        );
    exception when data_exception then
        perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
    end;
    if length(entry.note) > 2000 then
        perform private.refuse(422, 'invalid_note', 'A note has at most 2,000 characters.');
    end if;
    if changes ? 'started_at' or changes ? 'ended_at' then
        perform private.require_possible_time(entry.started_at, entry.ended_at);
    end if;
    if entry.person_id is null and (entry.tag_id is null or before.person_id is not null) then
        perform private.refuse(422, 'person_required', 'Time belongs to somebody.');
    end if;
    perform private.require_of_organization(entry.organization_id, entry.person_id, entry.project_id);
    perform private.require_own_or_operator(entry.organization_id, entry.person_id);
    if entry.stream_id is null then
        entry.limit_at := private.limit_of_entry(entry.organization_id, entry.started_at);
        entry.flags := '{}';
    end if;
    perform private.store_entry(entry);
    return private.audit_entry(entry_id, 'change', before, reason);
end
$$;
comment on function private.change_time_entry(uuid, integer, jsonb, text) is 'Through public.change_time_entry.';
grant execute on function private.change_time_entry(uuid, integer, jsonb, text) to authenticated;

create function public.change_time_entry(entry_id uuid, expected_version integer, changes jsonb, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.change_time_entry(entry_id, expected_version, changes, reason)
$$;
comment on function public.change_time_entry(uuid, integer, jsonb, text) is
    'Own time, or operators. changes may have started_at, ended_at, person_id, project_id and note. A time set to '
    'null follows the taps again; without taps the entry is running again. 409 version_conflict if the entry has '
    'changed since the caller saw it.';
grant execute on function public.change_time_entry(uuid, integer, jsonb, text) to authenticated;
