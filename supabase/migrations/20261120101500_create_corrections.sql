-- Corrections: every change that people make to time, with a reason, kept through every recomputation.
create function private.require_own_or_operator(organization_id uuid, person_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if person_id in (select private.own_people()) then
        return;
    end if;
    perform private.require_role(organization_id, 'operator');
end
$$;
comment on function private.require_own_or_operator(uuid, uuid) is 'Members may correct their own time, operators everybody''s.';

create function private.require_reason(reason text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
    if coalesce(btrim(reason), '') = '' or length(reason) > 500 then
        perform private.refuse(422, 'invalid_reason', 'Every correction has a reason of 1 to 500 characters.');
    end if;
    return btrim(reason);
end
$$;
comment on function private.require_reason(text) is 'The reason, trimmed; 422 when it is empty or too long.';

create function private.require_possible_time(started_at timestamptz, ended_at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if started_at is null or started_at < timestamptz '1970-01-01 00:00:00+00' then
        perform private.refuse(422, 'invalid_started_at', 'An entry has a start, in 1970 or later.');
    end if;
    if ended_at <= started_at then
        perform private.refuse(422, 'end_before_start', 'An entry ends after it starts.');
    end if;
    if ended_at > started_at + interval '168 hours' then
        perform private.refuse(422, 'too_long', 'An entry lasts a week at most.');
    end if;
    if coalesce(ended_at, started_at) > now() + interval '1 minute' then
        perform private.refuse(422, 'in_the_future', 'Time is recorded when it has passed.');
    end if;
end
$$;
comment on function private.require_possible_time(timestamptz, timestamptz) is '422 unless start < end, a week at most, not ahead of now.';

create function private.require_of_organization(organization_id uuid, person_id uuid, project_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if person_id is not null and not exists (
        select from public.people as p
        where p.id = person_id and p.organization_id = require_of_organization.organization_id
    ) then
        perform private.refuse(422, 'unknown_person', 'This organization has no such person.');
    end if;
    if project_id is not null and not exists (
        select from public.projects as p
        where p.id = project_id and p.organization_id = require_of_organization.organization_id
    ) then
        perform private.refuse(422, 'unknown_project', 'This organization has no such project.');
    end if;
end
$$;
comment on function private.require_of_organization(uuid, uuid, uuid) is '422 unless person and project, where given, are of the organization.';

create function private.limit_of_entry(organization_id uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select limit_of_entry.started_at + make_interval(hours => coalesce((
        select s.max_entry_hours from public.pairing_settings as s
        where s.organization_id = limit_of_entry.organization_id and s.device_id is null
            and s.valid_from <= limit_of_entry.started_at
        order by s.valid_from desc limit 1
    ), 12))
$$;
comment on function private.limit_of_entry(uuid, timestamptz) is 'When an entry made by hand counts as forgotten.';

create function private.audit_entry(entry_id uuid, action text, before public.time_entries, reason text)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
declare
    entry public.time_entries;
    internals text[] := array['stream_id', 'paired_started_at', 'claim_id', 'claim_started_at', 'claim_ended_at'];
begin
    select * into entry from public.time_entries as t where t.id = entry_id;
    perform private.write_audit(
        coalesce(entry.organization_id, before.organization_id), action, 'time_entries', entry_id::text,
        case when before.id is not null then to_jsonb(before) - internals end,
        case when entry.id is not null then to_jsonb(entry) - internals end,
        reason
    );
    return entry;
end
$$;
comment on function private.audit_entry(uuid, text, public.time_entries, text) is
    'Writes before and after of an entry into the audit log; returns the entry as it is now.';

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
    -- The stream first, as the recorder does, then the entry.
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
    'The entry, locked with its stream, if the caller may correct it and it is still the version they saw (null: any).';

create function private.claim_entry(entry public.time_entries)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
begin
    if entry.stream_id is not null and entry.claim_id is null then
        entry.claim_id := entry.id;
        entry.claim_started_at := entry.started_at;
        entry.claim_ended_at := entry.ended_at;
    end if;
    return entry;
end
$$;
comment on function private.claim_entry(public.time_entries) is
    'The first correction of an entry from taps notes what the taps said when it was made.';

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
        version = t.version + 1, updated_at = now();
    if entry.stream_id is not null then
        perform private.publish_entries(entry.stream_id, least(entry.claim_started_at, entry.paired_started_at));
    end if;
end
$$;
comment on function private.store_entry(public.time_entries) is 'Stores a corrected entry and brings its stream in line.';

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
        -- PostgreSQL reads words such as yesterday as times, too.
        if field in ('started_at', 'ended_at') and changes ->> field !~ '^\d{4}-\d\d-\d\d[T ]' then
            perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
        end if;
        if entry.stream_id is not null and field <> 'note' then
            entry.corrected_fields := array_remove(entry.corrected_fields, field);
            -- A time that is taken back follows the taps again.
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

create function private.split_time_entry(
    entry_id uuid, expected_version integer, split_at timestamptz, reason text, project_id uuid
)
returns setof public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    first_part public.time_entries := private.claim_entry(before);
    second_part public.time_entries := first_part;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        perform private.refuse(409, 'is_deleted', 'This entry is deleted. Restore it first.');
    end if;
    if split_at is null or split_at <= before.started_at or split_at >= coalesce(before.ended_at, now()) then
        perform private.refuse(422, 'split_outside', 'An entry is split at a time within it.');
    end if;
    perform private.require_of_organization(before.organization_id, null, project_id);
    first_part.ended_at := split_at;
    second_part.id := gen_random_uuid();
    second_part.started_at := split_at;
    second_part.created_at := now();
    second_part.updated_at := now();
    second_part.version := 1;
    second_part.project_id := coalesce(split_time_entry.project_id, before.project_id);
    if before.stream_id is not null then
        first_part.corrected_fields := array_remove(before.corrected_fields, 'ended_at') || 'ended_at'::text;
        second_part.corrected_fields := array_remove(before.corrected_fields, 'started_at') || 'started_at'::text;
        if split_time_entry.project_id is not null then
            second_part.corrected_fields := array_remove(second_part.corrected_fields, 'project_id')
            || 'project_id'::text;
        end if;
    else
        first_part.flags := '{}';
        second_part.limit_at := private.limit_of_entry(before.organization_id, split_at);
    end if;
    perform private.store_entry(first_part);
    perform private.store_entry(second_part);
    return next private.audit_entry(first_part.id, 'split', before, reason);
    return next private.audit_entry(second_part.id, 'split', null, reason);
end
$$;
comment on function private.split_time_entry(uuid, integer, timestamptz, text, uuid) is 'Through public.split_time_entry.';

create function private.delete_time_entry(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := private.claim_entry(before);
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        return before;
    end if;
    entry.deleted_at := now();
    perform private.store_entry(entry);
    return private.audit_entry(entry_id, 'delete', before, reason);
end
$$;
comment on function private.delete_time_entry(uuid, integer, text) is 'Through public.delete_time_entry.';

create function private.restore_time_entry(entry_id uuid, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, null);
    entry public.time_entries := before;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        entry.deleted_at := null;
        perform private.store_entry(entry);
    elsif before.claim_id is null then
        perform private.refuse(409, 'nothing_to_restore', 'This entry is as it was recorded.');
    else
        delete from public.time_entries as t
        where t.stream_id = before.stream_id and t.claim_id = before.claim_id and t.id <> before.id;
        if before.paired_started_at is null then
            delete from public.time_entries as t where t.id = before.id;
        else
            update public.time_entries as t
            set claim_id = null, claim_started_at = null, claim_ended_at = null, corrected_fields = '{}',
                started_at = t.paired_started_at, ended_at = null
            where t.id = before.id;
        end if;
        perform private.publish_entries(
            before.stream_id, least(before.claim_started_at, before.paired_started_at)
        );
    end if;
    return private.audit_entry(entry_id, 'restore', before, reason);
end
$$;
comment on function private.restore_time_entry(uuid, text) is 'Through public.restore_time_entry.';

create function public.change_time_entry(entry_id uuid, expected_version integer, changes jsonb, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.change_time_entry(entry_id, expected_version, changes, reason)
$$;
comment on function public.change_time_entry(uuid, integer, jsonb, text) is
    'Own time, or operators: changes holds started_at, ended_at, person_id, project_id, note. A time set to null follows '
    'the taps again (by hand: runs on). 409 version_conflict when it is no longer the version that was seen.';

create function public.split_time_entry(
    entry_id uuid, expected_version integer, split_at timestamptz, reason text, project_id uuid default null
)
returns setof public.time_entries
language sql
set search_path = ''
as $$
    select * from private.split_time_entry(entry_id, expected_version, split_at, reason, project_id)
$$;
comment on function public.split_time_entry(uuid, integer, timestamptz, text, uuid) is
    'Own time, or operators: two entries out of one; project_id is the second one''s, null: the same.';

create function public.delete_time_entry(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.delete_time_entry(entry_id, expected_version, reason)
$$;
comment on function public.delete_time_entry(uuid, integer, text) is
    'Own time, or operators: the entry is hidden, and the taps do not bring it back. restore_time_entry does.';

create function public.restore_time_entry(entry_id uuid, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.restore_time_entry(entry_id, reason)
$$;
comment on function public.restore_time_entry(uuid, text) is
    'Own time, or operators: brings a deleted entry back; else takes all corrections of an entry from taps back.';

grant execute on function private.change_time_entry(uuid, integer, jsonb, text) to authenticated;
grant execute on function private.split_time_entry(uuid, integer, timestamptz, text, uuid) to authenticated;
grant execute on function private.delete_time_entry(uuid, integer, text) to authenticated;
grant execute on function private.restore_time_entry(uuid, text) to authenticated;
grant execute on function public.change_time_entry(uuid, integer, jsonb, text) to authenticated;
grant execute on function public.split_time_entry(uuid, integer, timestamptz, text, uuid) to authenticated;
grant execute on function public.delete_time_entry(uuid, integer, text) to authenticated;
grant execute on function public.restore_time_entry(uuid, text) to authenticated;
