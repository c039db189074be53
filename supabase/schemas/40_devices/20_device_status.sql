create table public.device_status (
    device_id uuid primary key,
    organization_id uuid not null,
    last_seen_at timestamptz,
    window_started_at timestamptz not null default '-infinity',
    requests_in_window integer not null default 0,
    last_event_signature uuid,
    last_event_key uuid,
    last_event_received_at timestamptz,
    has_clock_alert boolean not null default false,
    last_request_signature uuid,
    last_request_id uuid,
    last_sequence_number bigint,
    missing_numbers int8multirange not null default '{}',
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade
) with (fillfactor = 50);
comment on table public.device_status is
    'The current state of each device, one row a device. The row is locked while the device''s events are recorded. '
    'People see last_seen_at; the other columns are for recording.';
create index device_status_by_organization on public.device_status (organization_id);

alter table public.device_status enable row level security;
revoke all on table public.device_status from public, anon, authenticated, service_role;
grant select (device_id, organization_id, last_seen_at) on public.device_status to authenticated;
grant select on public.device_status to service_role;
create policy device_status_select_owner_or_viewer on public.device_status
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or device_id in (select private.own_devices())
);

create function private.add_device_status()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.device_status (device_id, organization_id) values (new.id, new.organization_id);
    return null;
end
$$;
comment on function private.add_device_status() is 'Trigger function: gives every new device its row in device_status.';
create trigger devices_add_status after insert on public.devices
for each row execute function private.add_device_status();
