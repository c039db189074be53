create table public.alerts (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null,
    severity text not null constraint alerts_severity_is_known check (severity in ('info', 'warning', 'critical')),
    source_type text not null,
    source_id uuid not null,
    details jsonb not null default '{}',
    raised_at timestamptz not null default private.now(),
    last_raised_at timestamptz not null default private.now(),
    raise_count integer not null default 1,
    cleared_at timestamptz,
    cleared_by uuid references auth.users (id) on delete set null,
    acknowledged_at timestamptz,
    acknowledged_by uuid references auth.users (id) on delete set null,
    notes text constraint alerts_notes_are_short check (length(notes) <= 2000),
    constraint alerts_kind_is_known foreign key (kind, source_type) references public.alert_kinds (kind, source_type)
);
comment on table public.alerts is
    'What needs somebody''s attention. Clearing (the cause is gone) and acknowledging (somebody has seen it) are '
    'independent of each other.';
create unique index alerts_one_open_per_cause on public.alerts (organization_id, source_id, kind)
where cleared_at is null;
create index alerts_newest on public.alerts (organization_id, raised_at desc, id);
create index alerts_by_acknowledger on public.alerts (acknowledged_by);
create index alerts_by_clearer on public.alerts (cleared_by);
create index alerts_by_source on public.alerts (source_id, kind);

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
comment on function private.severity_rank(text) is 'The rank of a severity.';
