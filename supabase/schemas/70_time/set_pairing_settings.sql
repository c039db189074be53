create function private.set_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := coalesce(valid_from, private.now());
    streams uuid[];
    kinds text[];
    changed integer := 0;
begin
    perform private.require_role(organization_id, case when device_id is null then 'admin' else 'operator' end);
    if since > private.now() then
        perform private.refuse(422, 'in_the_future', 'Settings hold from now on or from a time in the past.');
    end if;
    if merge_gap_seconds not between 0 and 3600 or debounce_seconds not between 0 and 3600
        or max_entry_hours not between 1 and 168 then
        perform private.refuse(
            422, 'invalid_setting', 'Gap and debounce are 0 to 3600 seconds, an entry lasts 1 to 168 hours.'
        );
    end if;
    if device_id is not null and not exists (
        select from public.devices as d
        where d.id = set_pairing_settings.device_id and d.organization_id = set_pairing_settings.organization_id
    ) then
        perform private.refuse(422, 'unknown_device', 'This organization has no such device.');
    end if;
    insert into public.pairing_settings as s (
        organization_id, device_id, valid_from, mode, person_id, merge_gap_seconds, debounce_seconds, max_entry_hours,
        created_by
    )
    select
        set_pairing_settings.organization_id, set_pairing_settings.device_id, since, held.mode, held.person_id,
        set_pairing_settings.merge_gap_seconds, set_pairing_settings.debounce_seconds,
        set_pairing_settings.max_entry_hours, auth.uid()
    from (select 1) as always
    left join lateral (
        select p.mode, p.person_id from public.pairing_settings as p
        where p.device_id = set_pairing_settings.device_id and p.valid_from <= since
        order by p.valid_from desc limit 1
    ) as held on true
    on conflict on constraint pairing_settings_organization_id_device_id_valid_from_key do update
    set merge_gap_seconds = excluded.merge_gap_seconds, debounce_seconds = excluded.debounce_seconds,
        max_entry_hours = excluded.max_entry_hours, created_by = excluded.created_by;
    -- Later rows of the same device or organization take the new numbers and keep their mode and owner.
    update public.pairing_settings as s
    set merge_gap_seconds = set_pairing_settings.merge_gap_seconds,
        debounce_seconds = set_pairing_settings.debounce_seconds,
        max_entry_hours = set_pairing_settings.max_entry_hours
    where s.organization_id = set_pairing_settings.organization_id
        and s.device_id is not distinct from set_pairing_settings.device_id and s.valid_from > since;

    -- Also if it holds from now on, because an event may be slightly in the future.
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_devices(set_pairing_settings.organization_id, set_pairing_settings.device_id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams, kinds, organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
comment on function private.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Through public.set_pairing_settings.';
grant execute on function private.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

create function public.set_pairing_settings(
    organization_id uuid, device_id uuid default null, merge_gap_seconds integer default null,
    debounce_seconds integer default null, max_entry_hours integer default null, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.set_pairing_settings(
        organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
    )
$$;
comment on function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Admins for the organization, operators for a device: settings from valid_from on (null: from now on). Where a '
    'number is null, the organization''s counts, otherwise 10 s, 60 s and 12 h. Answers {entries_changed, '
    'valid_from}.';
grant execute on function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

create function private.preview_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- Makes the change, counts, and undoes it, so the count is always right.
    begin
        outcome := private.set_pairing_settings(
            organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
        );
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Through public.preview_pairing_settings.';
grant execute on function private.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

create function public.preview_pairing_settings(
    organization_id uuid, device_id uuid default null, merge_gap_seconds integer default null,
    debounce_seconds integer default null, max_entry_hours integer default null, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.preview_pairing_settings(
        organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
    )
$$;
comment on function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Admins for the organization, operators for a device: what set_pairing_settings would answer, without changing '
    'anything.';
grant execute on function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;
