create function private.claim_entry(entry public.time_entries)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
begin
    if entry.stream_id is not null and entry.claim_id is null then
        entry.claim_id := entry.id;
        entry.claim_started_at := entry.started_at;
        entry.claim_ended_at := entry.ended_at;
    end if;
    return entry;
end
$$;
comment on function private.claim_entry(public.time_entries) is
    'Before the first correction of an entry, stores what the taps said.';

create function private.end_set_at(entry public.time_entries)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select case
        when entry.stream_id is null or not 'ended_at' = any(entry.corrected_fields) then null
        when entry.ended_at > entry.end_set_at then private.now()
        else coalesce(entry.end_set_at, private.now())
    end
$$;
comment on function private.end_set_at(public.time_entries) is
    'When people ended an entry from taps by hand: the first time that they said an end, or the first that they said a '
    'later one than that.';

create function private.clean_cut(stream uuid, at timestamptz, goes_back boolean)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    cut timestamptz := at;
    earliest timestamptz;
    latest timestamptz;
begin
    loop
        select min(span.started_at), max(span.ended_at) into earliest, latest
        from (
            select p.started_at, coalesce(p.ended_at, p.limit_at) as ended_at
            from private.paired_entries as p
            where p.stream_id = stream and p.started_at between cut - interval '168 hours' and cut
            union all
            select t.claim_started_at, t.claim_ended_at
            from public.time_entries as t
            where t.stream_id = stream and t.claim_id is not null
                and t.claim_started_at between cut - interval '168 hours' and cut
        ) as span
        where span.started_at < cut and span.ended_at > cut;
        exit when earliest is null;
        cut := case when goes_back then earliest else latest end;
    end loop;
    return cut;
end
$$;
comment on function private.clean_cut(uuid, timestamptz, boolean) is
    'The nearest time, before or after, that lies within no paired entry and no correction of the stream, so that '
    'both sides can be published apart. Entries last at most a week.';

create function private.base_in_force(corrected public.time_entries)
returns private.paired_entries
language sql
stable
set search_path = ''
as $$
    select
        corrected.stream_id, t.occurred_at,
        case when corrected.claim_ended_at is null and limits.at < private.now() then limits.at else corrected.claim_ended_at end,
        limits.at, t.merge_gap_seconds, t.tag_id, t.device_id, t.person_id, t.project_id,
        case
            when corrected.claim_ended_at is null and limits.at < private.now() then array['auto_closed'] else '{}'
        end
    from private.taps as t
    cross join lateral (select t.occurred_at + make_interval(hours => t.max_entry_hours) as at) as limits
    where t.organization_id = corrected.organization_id and t.device_id = corrected.device_id
        and t.tag_id = corrected.tag_id and t.occurred_at = corrected.claim_started_at and t.event_type = 'tag_insert'
    limit 1
$$;
comment on function private.base_in_force(public.time_entries) is
    'What a corrected entry stands on when the taps no longer give one: the time that people saw, with what was in force '
    'at the tap that had opened it.';

create function private.is_contradicted(
    corrected public.time_entries, base private.paired_entries, shown_end timestamptz
)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case
        when 'started_at' = any(corrected.corrected_fields) and base.started_at <> corrected.claim_started_at then true
        when not 'ended_at' = any(corrected.corrected_fields) then false
        when corrected.claim_ended_at is not null then base.ended_at is distinct from corrected.claim_ended_at
        -- Ended while it was running: a tag that stayed longer is no contradiction, one that left earlier is.
        else coalesce(
            base.ended_at < least(shown_end, corrected.end_set_at) and not 'auto_closed' = any(base.flags), false
        )
    end
$$;
comment on function private.is_contradicted(public.time_entries, private.paired_entries, timestamptz) is
    'Whether the taps say another start or end than when people corrected it.';

create function private.follow_taps(
    corrected public.time_entries, base private.paired_entries, is_gone boolean, is_divided boolean
)
returns public.time_entries
language plpgsql
stable
set search_path = ''
as $$
declare
    shown public.time_entries := corrected;
    fixed text[] := corrected.corrected_fields;
    week interval := interval '168 hours';
begin
    shown.flags := base.flags;
    shown.paired_started_at := case when not is_gone then base.started_at end;
    shown.limit_at := base.limit_at;
    if not 'person_id' = any(fixed) then
        shown.person_id := base.person_id;
    end if;
    if not 'project_id' = any(fixed) then
        shown.project_id := base.project_id;
    end if;
    if not 'started_at' = any(fixed) then
        shown.started_at := base.started_at;
    end if;
    -- Corrected fields stay. Where they leave no possible entry, the fields that follow the taps give way.
    if 'ended_at' = any(fixed) then
        shown.started_at := least(greatest(shown.started_at, shown.ended_at - week), shown.ended_at);
        shown.flags := '{}';
    else
        shown.ended_at := case
            when base.ended_at is not null
                then least(greatest(base.ended_at, shown.started_at), shown.started_at + week)
        end;
    end if;
    if is_gone or is_divided or private.is_contradicted(corrected, base, shown.ended_at) then
        shown.flags := shown.flags || 'contradicted'::text;
    end if;
    return shown;
end
$$;
comment on function private.follow_taps(public.time_entries, private.paired_entries, boolean, boolean) is
    'A corrected entry over what the taps say: corrected fields stay, the others follow, a contradiction is flagged.';

create function private.entries_of_claim(
    stream private.streams, claim public.time_entries, taken timestamptz[]
)
returns timestamptz[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(p.started_at order by p.started_at), '{}')
    from private.paired_entries as p
    where p.stream_id = stream.stream_id and p.started_at <> all(taken)
        -- In a dock the other tags are other people's. At a terminal the stream is one person's, whatever the badge.
        and (stream.kind = 'terminal' or p.tag_id = claim.tag_id)
        and p.started_at >= claim.claim_started_at - interval '168 hours'
        and p.started_at
        < coalesce(claim.claim_ended_at, claim.claim_started_at + interval '1 microsecond')
        and coalesce(p.ended_at, p.limit_at) > claim.claim_started_at
$$;
comment on function private.entries_of_claim(private.streams, public.time_entries, timestamptz[]) is
    'The starts of the paired entries that a correction means: the one that spans the tap that had opened what people '
    'saw, and the others in the time that they saw; without those that are taken.';

create function private.publish_claims(stream uuid, since timestamptz, before timestamptz)
returns timestamptz[]
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    claimed timestamptz[] := '{}'::timestamptz[];
    starts timestamptz[];
    claim record;
    base private.paired_entries;
    corrected public.time_entries;
    shown public.time_entries;
begin
    select * into known from private.streams as s where s.stream_id = stream;
    for claim in
        select
            (array_agg(t))[1] as first_part,
            bool_or(t.deleted_at is not null or t.corrected_fields && array['started_at', 'ended_at']) as replaces
        from public.time_entries as t
        where t.stream_id = stream and t.claim_id is not null and t.claim_started_at >= since
            and t.claim_started_at < before
        group by t.claim_id, t.claim_started_at, t.tag_id, t.device_id
        -- Of two that mean one entry the earlier takes it; at one instant what people can see decides.
        order by
            t.claim_started_at, (select g.uid from public.tags as g where g.id = t.tag_id), t.device_id, t.claim_id
    loop
        starts := private.entries_of_claim(known, claim.first_part, claimed);
        -- If only person or project was corrected, further entries in that time are published as they are.
        claimed := claimed || case when claim.replaces then starts else starts[1:1] end;
        if starts[1] is null then
            base := private.base_in_force(claim.first_part);
        else
            select p.* into base
            from private.paired_with_clock(stream, starts[1], starts[1] + interval '1 microsecond') as p;
        end if;
        for corrected in
            select * from public.time_entries as t
            where t.stream_id = stream and t.claim_id = (claim.first_part).claim_id
        loop
            shown := private.follow_taps(
                corrected, base, starts[1] is null, claim.replaces and cardinality(starts) > 1
            );
            update public.time_entries as t
            set started_at = shown.started_at, ended_at = shown.ended_at, flags = shown.flags,
                person_id = shown.person_id, project_id = shown.project_id, limit_at = shown.limit_at,
                paired_started_at = shown.paired_started_at, version = t.version + 1, updated_at = private.now()
            where t.id = corrected.id and shown is distinct from corrected;
        end loop;
    end loop;
    return claimed;
end
$$;
comment on function private.publish_claims(uuid, timestamptz, timestamptz) is
    'Updates the corrected entries of a stream between two clean cuts. Returns the starts of the paired entries that '
    'they replace.';
