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
    'Writes an entry before and after a change into the audit log; returns the entry as it is now.';
