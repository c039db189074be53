create function private.pair_tag_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    is_given boolean := old.person_id is distinct from new.person_id or old.project_id is distinct from new.project_id;
    since timestamptz := least(case when is_given then private.now() end, old.archived_at, new.archived_at);
    streams uuid[];
    kinds text[];
begin
    -- relabel_tag pairs what it changes by itself.
    if coalesce(current_setting('gatebook.assigned_from', true), '') <> '' then
        return null;
    end if;
    -- Waits for taps of this tag that are being recorded, and lets none in before the change holds.
    perform from public.tags as t where t.id = new.id for update;
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_tag(new.id, since) as s;
    if streams is not null then
        -- Its taps at terminals were others' before.
        select streams || array_agg(s.stream_id), kinds || array_agg('terminal'::text) into streams, kinds
        from (
            select new.id as stream_id
            union
            select a.person_id from public.tag_assignments as a where a.tag_id = new.id and a.person_id is not null
        ) as s;
        perform private.pair_again(streams, kinds, new.organization_id, since);
    end if;
    return null;
end
$$;
comment on function private.pair_tag_changes() is
    'Trigger function on tags: pairs again what a change of person, project or archive touches, such as taps of a clock '
    'that is ahead.';
create trigger tags_pair_changes after update of person_id, project_id, archived_at on public.tags
for each row when (
    (old.person_id, old.project_id, old.archived_at) is distinct from (new.person_id, new.project_id, new.archived_at)
)
execute function private.pair_tag_changes();

create function private.pair_device_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    streams uuid[];
    kinds text[];
begin
    perform private.lock_recording(new.organization_id, new.id);
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_in_any_mode(new.organization_id, new.id, private.now()) as s;
    if streams is not null then
        perform private.pair_again(streams, kinds, new.organization_id, private.now());
    end if;
    return null;
end
$$;
comment on function private.pair_device_changes() is
    'Trigger function on devices: pairs again what a change of mode or owner touches, such as taps of a clock that is '
    'ahead, or those being recorded meanwhile.';
create trigger devices_pair_changes after update of mode, person_id on public.devices
for each row when (old.mode is distinct from new.mode or old.person_id is distinct from new.person_id)
execute function private.pair_device_changes();

create function private.pair_person_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := least(old.archived_at, new.archived_at);
    streams uuid[];
    kinds text[];
begin
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_person(new.organization_id, new.id, since) as s;
    if streams is not null then
        perform private.pair_again(streams, kinds, new.organization_id, since);
    end if;
    return null;
end
$$;
comment on function private.pair_person_changes() is
    'Trigger function on people: pairs again what was tapped since somebody was archived, or while they were.';
create trigger people_pair_changes after update of archived_at on public.people
for each row when (old.archived_at is distinct from new.archived_at)
execute function private.pair_person_changes();
