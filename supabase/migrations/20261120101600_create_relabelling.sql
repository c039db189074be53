-- What a tag means and how taps pair, changed for the future or, on request, for the past.
create function private.streams_of_tag(tag_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct t.stream_id, t.mode
    from private.taps as t
    where t.tag_id = streams_of_tag.tag_id and t.occurred_at >= since and t.stream_id is not null
$$;
comment on function private.streams_of_tag(uuid, timestamptz) is 'The streams that the taps of a tag belong to.';

create function private.pair_again(streams uuid[], kinds text[], organization_id uuid, since timestamptz)
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
    select coalesce(jsonb_object_agg(t.id, private.facts_of_entry(t)), '{}') into before
    from public.time_entries as t where t.stream_id = any(streams) and t.deleted_at is null;
    for stream in
        select distinct * from unnest(streams, kinds) as s (stream_id, kind) order by s.stream_id
    loop
        perform private.pair_stream(stream.stream_id, stream.kind, organization_id, since);
    end loop;
    select count(*) into changed
    from jsonb_each(before) as b
    full join (
        select t.id, private.facts_of_entry(t) as facts
        from public.time_entries as t where t.stream_id = any(streams) and t.deleted_at is null
    ) as a on a.id = b.key::uuid
    where a.facts is distinct from b.value;
    return changed;
end
$$;
comment on function private.pair_again(uuid[], text[], uuid, timestamptz) is
    'Pairs streams again from a time on, after what they depend on has changed; returns how many entries differ.';

create function private.facts_of_entry(entry public.time_entries)
returns jsonb
language sql
immutable
set search_path = ''
as $$
    select jsonb_build_array(entry.person_id, entry.project_id, entry.started_at, entry.ended_at, entry.flags)
$$;
comment on function private.facts_of_entry(public.time_entries) is 'What people see change.';

create function private.relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
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
comment on function private.relabel_tag(uuid, uuid, uuid, timestamptz) is 'Through public.relabel_tag.';

create function private.preview_relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- The change itself, counted and taken back: the count is right whatever the rules are.
    begin
        outcome := private.relabel_tag(tag_id, person_id, project_id, valid_from);
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_relabel_tag(uuid, uuid, uuid, timestamptz) is 'Through public.preview_relabel_tag.';

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

    if since < now() then
        select array_agg(t.stream_id), array_agg(t.mode) into streams, kinds
        from (
            select distinct t.stream_id, t.mode from private.taps as t
            where t.organization_id = set_pairing_settings.organization_id and t.stream_id is not null
                and t.occurred_at >= since
                and (set_pairing_settings.device_id is null or t.device_id = set_pairing_settings.device_id)
        ) as t;
        if streams is not null then
            changed := private.pair_again(streams, kinds, organization_id, since);
        end if;
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
comment on function private.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Through public.set_pairing_settings.';

create function public.relabel_tag(
    tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.relabel_tag(tag_id, person_id, project_id, valid_from)
$$;
comment on function public.relabel_tag(uuid, uuid, uuid, timestamptz) is
    'Own tags, or operators: what the tag means from valid_from on (null: from now on); entries of the past that start '
    'later than that change. {entries_changed, valid_from}.';

create function public.preview_relabel_tag(
    tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.preview_relabel_tag(tag_id, person_id, project_id, valid_from)
$$;
comment on function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) is
    'Own tags, or operators: what relabel_tag would answer, without doing it.';

create function public.set_pairing_settings(
    organization_id uuid, device_id uuid default null, merge_gap_seconds integer default null,
    debounce_seconds integer default null, max_entry_hours integer default null, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.set_pairing_settings(
        organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
    )
$$;
comment on function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Admins for the organization, operators for a device: pairing from valid_from on (null: from now on); a number that '
    'is null falls back (device to organization to 10 s, 60 s, 12 h). {entries_changed, valid_from}.';

grant execute on function private.relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;
grant execute on function private.preview_relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;
grant execute on function private.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;
grant execute on function public.relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;
grant execute on function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;
grant execute on function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;
