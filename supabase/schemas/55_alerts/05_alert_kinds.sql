create table public.alert_kinds (
    kind text primary key constraint alert_kinds_kind_is_a_word check (kind ~ '^[a-z][a-z_]{1,62}$'),
    source_type text not null constraint alert_kinds_source_type_is_a_word check (source_type ~ '^[a-z][a-z_]{1,62}$'),
    severity text not null constraint alert_kinds_severity_is_known check (severity in ('info', 'warning', 'critical')),
    capability text not null constraint alert_kinds_capability_is_known
    check (capability = any(private.known_capabilities())),
    unique (kind, source_type)
);
comment on table public.alert_kinds is
    'What an alert may be about: the kind of thing it comes from, how severe it is unless the raiser says otherwise, and '
    'the capability it belongs to. Rows of the schema: a capability adds its own in a schema file of its room.';

alter table public.alert_kinds enable row level security;
revoke all on table public.alert_kinds from public, anon, authenticated, service_role;
grant select on public.alert_kinds to authenticated, service_role;
create policy alert_kinds_select_everybody on public.alert_kinds
for select to authenticated
using (true);

insert into public.alert_kinds (kind, source_type, severity, capability) values
('breach', 'device', 'critical', 'alerts'),
('battery_low', 'device', 'warning', 'alerts'),
('tamper', 'device', 'critical', 'alerts'),
('offline', 'device', 'warning', 'alerts'),
('missing_clock_out', 'time_entry', 'warning', 'time'),
('clock_skew', 'device', 'warning', 'time');
