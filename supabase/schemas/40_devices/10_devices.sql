create table public.devices (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    external_id text not null constraint devices_external_id_is_a_word
    check (external_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
    name text not null constraint devices_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    kind text not null default 'reader' constraint devices_kind_is_known
    check (kind in ('reader', 'terminal', 'tablet')),
    mode text default 'dock' constraint devices_mode_is_known check (mode in ('dock', 'terminal')),
    time_zone text constraint devices_time_zone_is_known check (private.is_time_zone(time_zone)),
    place_id uuid,
    person_id uuid,
    is_active boolean not null default true,
    requests_per_minute integer not null default 600 constraint devices_rate_is_positive
    check (requests_per_minute > 0),
    created_at timestamptz not null default private.now(),
    payload_map jsonb constraint devices_payload_map_is_one check (private.is_payload_map(payload_map)),
    tag_format jsonb constraint devices_tag_format_is_one check (private.is_tag_format(tag_format)),
    reading_version integer not null default 0,
    reported_id text constraint devices_reported_id_is_short check (length(reported_id) <= 200),
    is_id_strict boolean,
    unique (id, organization_id),
    constraint devices_have_one_tag_format check (
        tag_format is null or payload_map is null or not payload_map ? 'tag_format'
    ),
    constraint devices_external_id_is_unique unique (organization_id, external_id),
    foreign key (place_id, organization_id) references public.places (id, organization_id)
    on delete set null (place_id),
    foreign key (person_id, organization_id) references public.people (id, organization_id)
    on delete set null (person_id)
);
comment on table public.devices is
    'Readers, terminals and tablets. mode says how taps are paired: dock (a reader with one slot), terminal (a shared '
    'reader), null (not at all). person_id is the owner of a reader on a desk. If time_zone is null, the '
    'organization''s counts. payload_map and tag_format say how '
    'its payloads are read; if both are null, as those of every device. reading_version counts their changes. '
    'reported_id is what the device calls itself. is_id_strict says whether another id is refused; if it is null, it '
    'is with a key in a header, and not with one in a URL.';
create index devices_by_person on public.devices (person_id, organization_id);
create index devices_by_place on public.devices (place_id, organization_id);
create index devices_by_name on public.devices (organization_id, name, id);

alter table public.devices enable row level security;
revoke all on table public.devices from public, anon, authenticated, service_role;
grant select, delete on public.devices to authenticated;
grant insert (
    organization_id, external_id, name, kind, mode, time_zone, place_id, person_id, payload_map, tag_format,
    is_id_strict
) on public.devices to authenticated;
grant update (
    external_id, name, kind, mode, time_zone, place_id, person_id, is_active, payload_map, tag_format, is_id_strict
) on public.devices to authenticated;
grant select, insert, update, delete on public.devices to service_role;
create policy devices_select_owner_or_viewer on public.devices
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);
create policy devices_insert_operator on public.devices
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));
create policy devices_update_owner_or_operator on public.devices
for update to authenticated
using (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
)
with check (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
);
create policy devices_delete_operator on public.devices
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger devices_audit after insert or update or delete on public.devices
for each row execute function private.audit_change();

create function private.count_reading()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        new.reading_version := (new.payload_map is not null or new.tag_format is not null)::integer;
    elsif (new.payload_map, new.tag_format) is distinct from (old.payload_map, old.tag_format) then
        new.reading_version := old.reading_version + 1;
    end if;
    return new;
end
$$;
comment on function private.count_reading() is
    'Trigger on devices: every change of how payloads are read has its number, which events keep.';
create trigger devices_count_reading before insert or update of payload_map, tag_format on public.devices
for each row execute function private.count_reading();

create function private.own_devices()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select d.id from public.devices as d where d.person_id in (select private.own_people())
$$;
comment on function private.own_devices() is 'For policies: the devices that belong to the signed-in user.';
grant execute on function private.own_devices() to authenticated, service_role;

create function private.device_name(device_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select d.name from public.devices as d where d.id = device_id
$$;
comment on function private.device_name(uuid) is
    'For views: the name of the device of a time entry. Whoever may read the entry may read it, even without access '
    'to the device.';
grant execute on function private.device_name(uuid) to authenticated, service_role;

create function private.place_name(device_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select p.name
    from public.devices as d
    join public.places as p on p.id = d.place_id and p.organization_id = d.organization_id
    where d.id = device_id
$$;
comment on function private.place_name(uuid) is
    'For views: the place of the device of a time entry, under the same rule as device_name.';
grant execute on function private.place_name(uuid) to authenticated, service_role;
