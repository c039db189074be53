create function private.raise_alert(
    organization_id uuid, kind text, source_id uuid, details jsonb, severity text default null
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    known public.alert_kinds;
    raised_id uuid;
begin
    select * into known from public.alert_kinds as k where k.kind = raise_alert.kind;
    if not found then
        perform private.refuse(422, 'unknown_kind', format('There is no kind of alert called %s.', raise_alert.kind));
    end if;
    insert into public.alerts as a (organization_id, kind, severity, source_type, source_id, details)
    values (
        raise_alert.organization_id, known.kind, coalesce(raise_alert.severity, known.severity), known.source_type,
        raise_alert.source_id, raise_alert.details
    )
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
    returning a.id into raised_id;
    return raised_id;
end
$$;
comment on function private.raise_alert(uuid, text, uuid, jsonb, text) is
    'Opens the alert, or updates the open one of the same source and kind; severity null: the kind''s. 422 unknown_kind.';

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
