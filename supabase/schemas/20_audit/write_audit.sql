create function private.write_audit(
    organization_id uuid, action text, table_name text, row_id text, before jsonb, after jsonb,
    reason text default null,
    device_id uuid default null
)
returns void
language sql
security definer
set search_path = ''
as $$
    insert into public.audit_log (
        organization_id, actor_id, actor_kind, action, table_name, row_id, before, after, reason, request_id
    )
    values (
        organization_id, coalesce(auth.uid(), device_id),
        case when auth.uid() is not null then 'user' when device_id is not null then 'device' else 'system' end,
        action, table_name, row_id, before, after, reason, left(private.request_header('x-request-id'), 128)
    )
$$;
comment on function private.write_audit(uuid, text, text, text, jsonb, jsonb, text, uuid) is
    'Writes one line into the audit log, in the transaction of the change. For definer functions and triggers.';
