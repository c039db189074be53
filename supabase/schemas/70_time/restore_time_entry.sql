create function private.require_own_claim_or_operator(entry public.time_entries)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    perform private.require_own_or_operator(entry.organization_id, whose.person_id)
    from (
        select t.person_id
        from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id
        union
        select p.person_id
        from private.paired_entries as p
        where p.stream_id = entry.stream_id and p.started_at = entry.paired_started_at
    ) as whose;
end
$$;
comment on function private.require_own_claim_or_operator(public.time_entries) is
    'Members may undo corrections only if all parts of the entry, and the entry that the taps give, are their own '
    'time.';

create function private.drop_claim(entry public.time_entries, reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
    part public.time_entries;
begin
    for part in
        select * from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id and t.id <> entry.id
        order by t.started_at, t.id
    loop
        delete from public.time_entries as t where t.id = part.id;
        perform private.audit_entry(part.id, 'restore', part, reason);
    end loop;
    if entry.paired_started_at is null then
        delete from public.time_entries as t where t.id = entry.id;
    else
        update public.time_entries as t
        set claim_id = null, claim_started_at = null, claim_ended_at = null, corrected_fields = '{}',
            started_at = t.paired_started_at, ended_at = null, version = t.version + 1, updated_at = private.now()
        where t.id = entry.id;
    end if;
    perform private.renew_stream(entry);
end
$$;
comment on function private.drop_claim(public.time_entries, text) is
    'Undoes all corrections of an entry from taps: deletes the other parts of a split, and lets the entry follow the '
    'taps again.';

create function private.restore_time_entry(entry_id uuid, reason text, expected_version integer)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := before;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        entry.deleted_at := null;
        perform private.store_entry(entry);
    elsif before.claim_id is null then
        perform private.refuse(409, 'nothing_to_restore', 'This entry is as it was recorded.');
    else
        perform private.require_own_claim_or_operator(before);
        perform private.drop_claim(before, reason);
    end if;
    return private.audit_entry(entry_id, 'restore', before, reason);
end
$$;
comment on function private.restore_time_entry(uuid, text, integer) is 'Through public.restore_time_entry.';
grant execute on function private.restore_time_entry(uuid, text, integer) to authenticated;

create function public.restore_time_entry(entry_id uuid, reason text, expected_version integer default null)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.restore_time_entry(entry_id, reason, expected_version)
$$;
comment on function public.restore_time_entry(uuid, text, integer) is
    'Own time, or operators: brings a deleted entry back; otherwise undoes all corrections of an entry from taps. For '
    'that, all its parts and what the taps say must be the caller''s own time. 409 version_conflict if the entry has '
    'changed since the caller saw it (null: any version), nothing_to_restore.';
grant execute on function public.restore_time_entry(uuid, text, integer) to authenticated;
