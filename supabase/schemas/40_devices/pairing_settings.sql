create table public.pairing_settings (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    device_id uuid,
    valid_from timestamptz not null,
    mode text constraint pairing_settings_mode_is_known check (mode in ('dock', 'terminal')),
    person_id uuid,
    merge_gap_seconds integer constraint pairing_settings_merge_gap_is_sane
    check (merge_gap_seconds between 0 and 3600),
    debounce_seconds integer constraint pairing_settings_debounce_is_sane check (debounce_seconds between 0 and 3600),
    max_entry_hours integer constraint pairing_settings_max_entry_is_sane check (max_entry_hours between 1 and 168),
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    unique nulls not distinct (organization_id, device_id, valid_from),
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade,
    foreign key (person_id, organization_id) references public.people (id, organization_id)
);
comment on table public.pairing_settings is
    'How taps are paired from valid_from on. device_id null: for the whole organization. A device''s row also has its '
    'mode and owner. Where a device''s number is null, the organization''s counts, otherwise 10 s, 60 s and 12 h.';
create index pairing_settings_by_device on public.pairing_settings (device_id, organization_id, valid_from);
create index pairing_settings_by_person on public.pairing_settings (person_id, organization_id);
create index pairing_settings_by_maker on public.pairing_settings (created_by);

alter table public.pairing_settings enable row level security;
revoke all on table public.pairing_settings from public, anon, authenticated, service_role;
grant select on public.pairing_settings to authenticated, service_role;
create policy pairing_settings_select_owner_or_viewer on public.pairing_settings
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or device_id in (select private.own_devices())
);

create trigger pairing_settings_audit after insert or update or delete on public.pairing_settings
for each row execute function private.audit_change();

create function private.own_device_times()
returns table (device_id uuid, organization_id uuid, held_from timestamptz, held_until timestamptz)
language sql
stable
security definer
set search_path = ''
rows 10
as $$
    select held.device_id, held.organization_id, held.valid_from, held.held_until
    from (
        select
            s.device_id, s.organization_id, s.person_id, s.valid_from,
            lead(s.valid_from, 1, 'infinity') over (partition by s.device_id order by s.valid_from) as held_until
        from public.pairing_settings as s
        where s.device_id in (
            select own.device_id from public.pairing_settings as own
            where own.person_id in (select private.own_people())
        )
    ) as held
    where held.person_id in (select private.own_people())
$$;
comment on function private.own_device_times() is
    'For policies: each device that belongs or once belonged to the signed-in user, with the times from and until '
    'when.';
grant execute on function private.own_device_times() to authenticated, service_role;

create function private.keep_device_pairing()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.pairing_settings (
        organization_id, device_id, valid_from, mode, person_id,
        merge_gap_seconds, debounce_seconds, max_entry_hours, created_by
    )
    select
        new.organization_id, new.id, case tg_op when 'INSERT' then '-infinity' else private.now() end, new.mode,
        new.person_id,
        latest.merge_gap_seconds, latest.debounce_seconds, latest.max_entry_hours, auth.uid()
    from (select 1) as always
    left join lateral (
        select s.* from public.pairing_settings as s
        where s.device_id = new.id and s.organization_id = new.organization_id
        order by s.valid_from desc limit 1
    ) as latest on true
    on conflict (organization_id, device_id, valid_from) do update
    set mode = excluded.mode, person_id = excluded.person_id, created_by = excluded.created_by;
    return null;
end
$$;
comment on function private.keep_device_pairing() is
    'Trigger function on devices: stores mode and owner with the time from which they hold.';
create trigger devices_keep_pairing after insert on public.devices
for each row execute function private.keep_device_pairing();
create trigger devices_keep_pairing_changes after update of mode, person_id on public.devices
for each row when (old.mode is distinct from new.mode or old.person_id is distinct from new.person_id)
execute function private.keep_device_pairing();
