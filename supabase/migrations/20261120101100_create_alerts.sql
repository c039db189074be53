create table public.alerts (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null constraint alerts_kind_is_known
    check (kind in ('breach', 'battery_low', 'tamper', 'offline', 'missing_clock_out', 'clock_skew')),
    severity text not null constraint alerts_severity_is_known check (severity in ('info', 'warning', 'critical')),
    source_type text not null constraint alerts_source_type_is_known check (source_type in ('device', 'time_entry')),
    source_id uuid not null,
    details jsonb not null default '{}',
    raised_at timestamptz not null default now(),
    last_raised_at timestamptz not null default now(),
    raise_count integer not null default 1,
    cleared_at timestamptz,
    cleared_by uuid references auth.users (id) on delete set null,
    acknowledged_at timestamptz,
    acknowledged_by uuid references auth.users (id) on delete set null,
    notes text constraint alerts_notes_are_short check (length(notes) <= 2000)
);
comment on table public.alerts is
    'What needs a person. Cleared (the cause is gone) and acknowledged (somebody has seen it) are two independent facts.';
create unique index alerts_one_open_per_cause on public.alerts (organization_id, source_id, kind)
where cleared_at is null;
create index alerts_newest on public.alerts (organization_id, raised_at desc, id);
create index alerts_by_acknowledger on public.alerts (acknowledged_by);
create index alerts_by_clearer on public.alerts (cleared_by);

alter table public.alerts enable row level security;
revoke all on table public.alerts from public, anon, authenticated, service_role;
grant select on public.alerts to authenticated, service_role;
create policy alerts_select_viewer on public.alerts
for select to authenticated
using (organization_id in (select private.organizations_with_role('viewer')));

create function private.severity_rank(severity text)
returns integer
language sql
immutable
set search_path = ''
as $$
    select array_position(array['info', 'warning', 'critical'], severity)
$$;
comment on function private.severity_rank(text) is 'The order of severities.';

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
    set last_raised_at = now(),
        raise_count = a.raise_count + 1,
        details = excluded.details,
        severity = excluded.severity,
        -- A higher severity asks for a new acknowledgement.
        acknowledged_at = case
            when private.severity_rank(excluded.severity) <= private.severity_rank(a.severity) then a.acknowledged_at
        end,
        acknowledged_by = case
            when private.severity_rank(excluded.severity) <= private.severity_rank(a.severity) then a.acknowledged_by
        end
    returning a.id
$$;
comment on function private.raise_alert(uuid, text, text, text, uuid, jsonb) is
    'Opens the alert, or updates the open one of the same source and kind.';

create function private.clear_alerts(source_id uuid, kind text)
returns void
language sql
security definer
set search_path = ''
as $$
    update public.alerts as a set cleared_at = now()
    where a.source_id = clear_alerts.source_id and a.kind = clear_alerts.kind and a.cleared_at is null
$$;
comment on function private.clear_alerts(uuid, text) is 'The cause is gone.';
create index alerts_by_source on public.alerts (source_id, kind);

create function private.settle_alert(alert_id uuid, notes text, acknowledge boolean, clear boolean)
returns public.alerts
language plpgsql
security definer
set search_path = ''
as $$
declare
    old public.alerts;
    settled public.alerts;
begin
    select * into old from public.alerts as a where a.id = settle_alert.alert_id for update;
    perform private.require_role(old.organization_id, 'operator');
    if length(settle_alert.notes) > 2000 then
        perform private.refuse(422, 'invalid_notes', 'Notes have at most 2,000 characters.');
    end if;
    update public.alerts as a
    set notes = coalesce(settle_alert.notes, a.notes),
        acknowledged_at = case when acknowledge then coalesce(a.acknowledged_at, now()) else a.acknowledged_at end,
        acknowledged_by = case
            when acknowledge and a.acknowledged_at is null then auth.uid() else a.acknowledged_by
        end,
        cleared_at = case when clear then coalesce(a.cleared_at, now()) else a.cleared_at end,
        cleared_by = case when clear and a.cleared_at is null then auth.uid() else a.cleared_by end
    where a.id = old.id
    returning * into settled;
    perform private.write_audit(
        old.organization_id, case when clear then 'clear' else 'acknowledge' end, 'alerts', old.id::text,
        to_jsonb(old), to_jsonb(settled), settle_alert.notes
    );
    return settled;
end
$$;
comment on function private.settle_alert(uuid, text, boolean, boolean) is
    'Operators and above, through acknowledge_alert and clear_alert.';

create function public.acknowledge_alert(alert_id uuid, notes text default null)
returns public.alerts
language sql
set search_path = ''
as $$
    select * from private.settle_alert(alert_id, notes, true, false)
$$;
comment on function public.acknowledge_alert(uuid, text) is
    'Operators and above: somebody has seen it. The first acknowledgement counts; notes replace earlier ones.';

create function public.clear_alert(alert_id uuid, notes text default null)
returns public.alerts
language sql
set search_path = ''
as $$
    select * from private.settle_alert(alert_id, notes, false, true)
$$;
comment on function public.clear_alert(uuid, text) is 'Operators and above: the cause is gone. Does not acknowledge.';

grant execute on function private.settle_alert(uuid, text, boolean, boolean) to authenticated;
grant execute on function public.acknowledge_alert(uuid, text) to authenticated;
grant execute on function public.clear_alert(uuid, text) to authenticated;
