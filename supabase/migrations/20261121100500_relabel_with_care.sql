-- Corrections go with the tap that they are about, only those streams' entries are read, and nobody takes the time of
-- whoever had the tag before.
create function private.facts_of_streams(streams uuid[], since timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
    -- Each of the two has its index; an entry lasts a week at most.
    select coalesce(jsonb_object_agg(shown.id, shown.facts), '{}')
    from (
        select t.id, private.facts_of_entry(t) as facts
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is null
            and t.paired_started_at >= since - interval '168 hours'
        union all
        select t.id, private.facts_of_entry(t)
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is not null and t.deleted_at is null
    ) as shown
$$;
comment on function private.facts_of_streams(uuid[], timestamptz) is
    'What people see of the entries of streams that a change from since on can reach, by id.';

create function private.move_corrections(streams uuid[], organization uuid, since timestamptz)
returns void
language sql
set search_path = ''
as $$
    update public.time_entries as t
    set stream_id = v.stream_id
    from private.taps as v
    where t.stream_id = any(streams) and t.claim_id is not null and t.claim_started_at >= since
        and v.organization_id = organization and v.device_id = t.device_id and v.tag_id = t.tag_id
        and v.occurred_at = t.claim_started_at and v.event_type = 'tag_insert' and v.stream_id <> t.stream_id
$$;
comment on function private.move_corrections(uuid[], uuid, timestamptz) is
    'At a terminal, the taps of a tag that changes hands go to another stream; what people corrected goes along.';

create or replace function private.pair_again(streams uuid[], kinds text[], organization_id uuid, since timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
    before jsonb;
    changed integer;
    stream record;
begin
    perform from private.streams as s where s.stream_id = any(streams) order by s.stream_id for update;
    before := private.facts_of_streams(streams, since);
    perform private.move_corrections(streams, organization_id, since);
    for stream in
        select distinct * from unnest(streams, kinds) as s (stream_id, kind) order by s.stream_id
    loop
        perform private.pair_stream(stream.stream_id, stream.kind, organization_id, since);
    end loop;
    select count(*) into changed
    from jsonb_each(before) as b
    full join jsonb_each(private.facts_of_streams(streams, since)) as a on a.key = b.key
    where a.value is distinct from b.value;
    return changed;
end
$$;

create function private.require_held_or_operator(tag public.tags, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if exists (
        select from public.tag_assignments as a
        where a.tag_id = tag.id and a.person_id is not null
            and a.person_id not in (select private.own_people())
            and a.valid_from >= coalesce((
                select max(b.valid_from) from public.tag_assignments as b
                where b.tag_id = tag.id and b.valid_from <= since
            ), since)
    ) then
        perform private.require_role(tag.organization_id, 'operator');
    end if;
end
$$;
comment on function private.require_held_or_operator(public.tags, timestamptz) is
    'Members may relabel the time in which nobody else had the tag.';

create or replace function private.relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    tag public.tags;
    since timestamptz := coalesce(valid_from, now());
    streams uuid[];
    kinds text[];
    streams_after uuid[];
    kinds_after text[];
    changed integer := 0;
begin
    -- Waits for events of this tag that are being recorded, and lets none in before the new meaning holds.
    select * into tag from public.tags as t where t.id = relabel_tag.tag_id for update;
    perform private.require_own_or_operator(tag.organization_id, tag.person_id);
    perform private.require_own_or_operator(tag.organization_id, relabel_tag.person_id);
    perform private.require_held_or_operator(tag, since);
    if since > now() then
        perform private.refuse(422, 'in_the_future', 'A new meaning holds from now on or from a time in the past.');
    end if;
    perform private.require_of_organization(tag.organization_id, relabel_tag.person_id, relabel_tag.project_id);

    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_tag(tag.id, since) as s;
    delete from public.tag_assignments as a where a.tag_id = tag.id and a.valid_from > since;
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from, created_by)
    values (tag.organization_id, tag.id, relabel_tag.person_id, relabel_tag.project_id, since, auth.uid())
    on conflict on constraint tag_assignments_tag_id_valid_from_key do update
    set person_id = excluded.person_id, project_id = excluded.project_id, created_by = excluded.created_by;
    perform set_config('gatebook.assigned_from', since::text, true);
    update public.tags as t
    set person_id = relabel_tag.person_id, project_id = relabel_tag.project_id
    where t.id = tag.id;
    perform set_config('gatebook.assigned_from', '', true);

    select array_agg(s.stream_id), array_agg(s.kind) into streams_after, kinds_after
    from private.streams_of_tag(tag.id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams || streams_after, kinds || kinds_after, tag.organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;

create function private.streams_of_devices(organization_id uuid, device_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    -- Device by device, as the index is.
    select distinct t.stream_id, t.mode
    from public.devices as d
    cross join lateral (
        select v.stream_id, v.mode from private.taps as v
        where v.device_id = d.id and v.organization_id = d.organization_id and v.occurred_at >= since
            and v.stream_id is not null
    ) as t
    where d.organization_id = streams_of_devices.organization_id
        and (streams_of_devices.device_id is null or d.id = streams_of_devices.device_id)
$$;
comment on function private.streams_of_devices(uuid, uuid, timestamptz) is
    'The streams that the taps of a device, or of all of an organization, belong to.';

create or replace function private.set_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := coalesce(valid_from, now());
    streams uuid[];
    kinds text[];
    changed integer := 0;
begin
    perform private.require_role(organization_id, case when device_id is null then 'admin' else 'operator' end);
    if since > now() then
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
    -- Later rows of the same scope keep the mode and owner they recorded and take the new numbers.
    update public.pairing_settings as s
    set merge_gap_seconds = set_pairing_settings.merge_gap_seconds,
        debounce_seconds = set_pairing_settings.debounce_seconds,
        max_entry_hours = set_pairing_settings.max_entry_hours
    where s.organization_id = set_pairing_settings.organization_id
        and s.device_id is not distinct from set_pairing_settings.device_id and s.valid_from > since;

    -- From now on, too: a clock may be a little ahead.
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_devices(set_pairing_settings.organization_id, set_pairing_settings.device_id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams, kinds, organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
