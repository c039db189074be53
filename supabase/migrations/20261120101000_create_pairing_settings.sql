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
    created_at timestamptz not null default now(),
    unique nulls not distinct (organization_id, device_id, valid_from),
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade,
    foreign key (person_id, organization_id) references public.people (id, organization_id)
    on delete set null (person_id)
);
comment on table public.pairing_settings is
    'How taps pair from valid_from on. device_id null: the organization''s; a device''s row carries its mode and owner, '
    'and where a number is null the organization''s counts, else 10 s, 60 s and 12 h.';
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
        new.organization_id, new.id, case tg_op when 'INSERT' then '-infinity' else now() end, new.mode, new.person_id,
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
comment on function private.keep_device_pairing() is 'Trigger on devices: mode and owner are kept with the time they hold from.';
create trigger devices_keep_pairing after insert on public.devices
for each row execute function private.keep_device_pairing();
create trigger devices_keep_pairing_changes after update of mode, person_id on public.devices
for each row when (old.mode is distinct from new.mode or old.person_id is distinct from new.person_id)
execute function private.keep_device_pairing();

create table public.tag_assignments (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    tag_id uuid not null,
    person_id uuid,
    project_id uuid,
    valid_from timestamptz not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default now(),
    unique (tag_id, valid_from),
    foreign key (tag_id, organization_id) references public.tags (id, organization_id) on delete cascade,
    foreign key (person_id, organization_id) references public.people (id, organization_id)
    on delete set null (person_id),
    foreign key (project_id, organization_id) references public.projects (id, organization_id)
    on delete set null (project_id)
);
comment on table public.tag_assignments is
    'Which person and project a tag means from valid_from on. An entry takes what was in force when it started.';
create index tag_assignments_by_tag on public.tag_assignments (tag_id, organization_id, valid_from);
create index tag_assignments_by_person on public.tag_assignments (person_id, organization_id);
create index tag_assignments_by_project on public.tag_assignments (project_id, organization_id);
create index tag_assignments_by_organization on public.tag_assignments (organization_id);
create index tag_assignments_by_maker on public.tag_assignments (created_by);

alter table public.tag_assignments enable row level security;
revoke all on table public.tag_assignments from public, anon, authenticated, service_role;
grant select on public.tag_assignments to authenticated, service_role;
create policy tag_assignments_select_owner_or_viewer on public.tag_assignments
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);

create function private.keep_tag_assignment()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from, created_by)
    values (
        new.organization_id, new.id, new.person_id, new.project_id,
        case tg_op
            when 'INSERT' then '-infinity'
            -- relabel_tag says from when.
            else coalesce(nullif(current_setting('gatebook.assigned_from', true), '')::timestamptz, now())
        end,
        auth.uid()
    )
    on conflict (tag_id, valid_from) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, created_by = excluded.created_by;
    return null;
end
$$;
comment on function private.keep_tag_assignment() is
    'Trigger on tags: a changed meaning holds from now on; relabel_tag changes the past.';
create trigger tags_keep_assignment after insert on public.tags
for each row when (new.person_id is not null or new.project_id is not null)
execute function private.keep_tag_assignment();
create trigger tags_keep_assignment_changes after update of person_id, project_id on public.tags
for each row when (old.person_id is distinct from new.person_id or old.project_id is distinct from new.project_id)
execute function private.keep_tag_assignment();
