insert into public.alert_kinds (kind, source_type, severity, capability) values
('device_changed', 'device', 'warning', 'time'),
('events_missing', 'device', 'warning', 'time');
