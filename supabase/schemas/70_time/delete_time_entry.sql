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
    entry.deleted_at := private.now();
    perform private.store_entry(entry);
    return private.audit_entry(entry_id, 'delete', before, reason);
end
$$;
comment on function private.delete_time_entry(uuid, integer, text) is 'Through public.delete_time_entry.';
grant execute on function private.delete_time_entry(uuid, integer, text) to authenticated;

create function public.delete_time_entry(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.delete_time_entry(entry_id, expected_version, reason)
$$;
comment on function public.delete_time_entry(uuid, integer, text) is
    'Own time, or operators: hides the entry; later taps do not bring it back. restore_time_entry undoes it.';
grant execute on function public.delete_time_entry(uuid, integer, text) to authenticated;
