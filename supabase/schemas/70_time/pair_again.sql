create function private.facts_of_entry(entry public.time_entries)
returns jsonb
language sql
immutable
set search_path = ''
as $$
    select jsonb_build_array(entry.person_id, entry.project_id, entry.started_at, entry.ended_at, entry.flags)
$$;
comment on function private.facts_of_entry(public.time_entries) is 'The fields of an entry whose change people see.';

create function private.facts_of_streams(streams uuid[], since timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
    -- Two queries, because each has its own index. An entry lasts at most a week.
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
    'What people see of the entries that a change from since on may affect, by id.';

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
        and v.occurred_at = t.claim_started_at and v.event_type = 'tag_insert' and v.stream_id <> t.stream_id;
    delete from private.stops as s where s.stream_id = any(streams) and s.started_at >= since;
    select private.note_stop(stopped.stream_id, stopped.claim_started_at)
    from (
        select distinct t.stream_id, t.claim_started_at
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is not null and t.claim_ended_at is null
            and t.claim_started_at >= since
            -- The stream of a dock is the device; its tag is still in.
            and t.stream_id <> t.device_id
    ) as stopped
$$;
comment on function private.move_corrections(uuid[], uuid, timestamptz) is
    'When a tag gets another person, its taps at terminals belong to another stream; this moves their corrections '
    'and stops there.';

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
    before := private.facts_of_streams(streams, since);
    perform private.move_corrections(streams, organization_id, since);
    for stream in
        select distinct * from unnest(streams, kinds) as s (stream_id, kind) order by s.stream_id
    loop
        perform private.recompute_stream(stream.stream_id, stream.kind, organization_id, since);
    end loop;
    select count(*) into changed
    from jsonb_each(before) as b
    full join jsonb_each(private.facts_of_streams(streams, since)) as a on a.key = b.key
    where a.value is distinct from b.value;
    return changed;
end
$$;
comment on function private.pair_again(uuid[], text[], uuid, timestamptz) is
    'Pairs streams again from a time on, after a change of what pairing depends on. Returns how many entries differ.';
