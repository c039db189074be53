create function private.raise_alert(
    organization_id uuid, kind text, severity text, source_type text, source_id uuid, details jsonb
)
returns uuid
language sql
security definer
set search_path = ''
as $$
    insert into public.alerts as a (organization_id, kind, severity, source_type, source_id, details)
    values (organization_id, kind, severity, source_type, source_id, details)
    on conflict (organization_id, source_id, kind) where cleared_at is null do update
    set last_raised_at = private.now(),
        raise_count = a.raise_count + 1,
        details = excluded.details,
        severity = excluded.severity,
        -- A higher severity needs a new acknowledgement.
        acknowledged_at = case
            when private.severity_rank(excluded.severity) <= private.severity_rank(a.severity) then a.acknowledged_at
        end,
        acknowledged_by = case
            when private.severity_rank(excluded.severity) <= private.severity_rank(a.severity) then a.acknowledged_by
        end
    returning a.id
$$;
comment on function private.raise_alert(uuid, text, text, text, uuid, jsonb) is
    'Opens an alert, or updates the open one with the same source and kind.';

create function private.clear_alerts(source_id uuid, kind text)
returns void
language sql
security definer
set search_path = ''
as $$
    update public.alerts as a set cleared_at = private.now()
    where a.source_id = clear_alerts.source_id and a.kind = clear_alerts.kind and a.cleared_at is null
$$;
comment on function private.clear_alerts(uuid, text) is
    'Clears the open alert of this source and kind: its cause is gone.';
