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
    if split_at is null or split_at <= before.started_at or split_at >= coalesce(before.ended_at, private.now()) then
        perform private.refuse(422, 'split_outside', 'An entry is split at a time within it.');
    end if;
    perform private.require_of_organization(before.organization_id, null, project_id);
    first_part.ended_at := split_at;
    second_part.id := gen_random_uuid();
    second_part.started_at := split_at;
    second_part.created_at := private.now();
    second_part.updated_at := private.now();
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
grant execute on function private.split_time_entry(uuid, integer, timestamptz, text, uuid) to authenticated;

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
    'Own time, or operators: makes two entries of one. project_id is that of the second; null: the same.';
grant execute on function public.split_time_entry(uuid, integer, timestamptz, text, uuid) to authenticated;
