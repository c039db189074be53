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

create function private.follow_taps(
    corrected public.time_entries, base private.paired_entries, base_count integer, is_replacement boolean
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
    shown.flags := '{}';
    shown.paired_started_at := base.started_at;
    shown.limit_at := coalesce(base.limit_at, corrected.limit_at);
    if base.started_at is not null and not 'person_id' = any(fixed) then
        shown.person_id := base.person_id;
    end if;
    if base.started_at is not null and not 'project_id' = any(fixed) then
        shown.project_id := base.project_id;
    end if;
    if not 'started_at' = any(fixed) then
        shown.started_at := coalesce(base.started_at, corrected.claim_started_at);
    end if;
    -- Corrected fields stay. Where they leave no possible entry, the fields that follow the taps give way.
    if 'ended_at' = any(fixed) then
        shown.started_at := least(greatest(shown.started_at, shown.ended_at - week), shown.ended_at);
    else
        shown.ended_at := case
            when base.started_at is not null then base.ended_at
            else coalesce(
                corrected.claim_ended_at, case when corrected.limit_at < private.now() then corrected.limit_at end
            )
        end;
        if shown.ended_at is not null then
            shown.ended_at := least(greatest(shown.ended_at, shown.started_at), shown.started_at + week);
        end if;
        shown.flags := coalesce(base.flags, '{}');
    end if;
    if base.started_at is null
        or is_replacement and base_count > 1
        or 'started_at' = any(fixed) and base.started_at <> corrected.claim_started_at
        -- Ended while it was running: a tag that stayed longer is no contradiction, one that left earlier is.
        or 'ended_at' = any(fixed) and corrected.claim_ended_at is null
            and base.ended_at < shown.ended_at and not 'auto_closed' = any(base.flags)
        or 'ended_at' = any(fixed) and base.ended_at is distinct from corrected.claim_ended_at
            and corrected.claim_ended_at is not null then
        shown.flags := shown.flags || 'contradicted'::text;
    end if;
    return shown;
end
$$;
comment on function private.follow_taps(public.time_entries, private.paired_entries, integer, boolean) is
    'A corrected entry after new taps: corrected fields stay, the others follow the taps, and a contradiction is '
    'flagged.';

create function private.publish_claims(stream uuid, since timestamptz, before timestamptz)
returns timestamptz[]
language plpgsql
set search_path = ''
as $$
declare
    claimed timestamptz[] := '{}'::timestamptz[];
    starts timestamptz[];
    claim record;
    base private.paired_entries;
    corrected public.time_entries;
    shown public.time_entries;
begin
    for claim in
        select
            t.claim_id, t.claim_started_at, t.claim_ended_at, t.tag_id,
            bool_or(t.deleted_at is not null or t.corrected_fields && array['started_at', 'ended_at']) as replaces
        from public.time_entries as t
        where t.stream_id = stream and t.claim_id is not null and t.claim_started_at >= since
            and t.claim_started_at < before
        group by t.claim_id, t.claim_started_at, t.claim_ended_at, t.tag_id
        order by t.claim_started_at, t.claim_id
    loop
        select coalesce(array_agg(p.started_at order by p.started_at), '{}') into starts
        from private.paired_entries as p
        where p.stream_id = stream and p.tag_id = claim.tag_id and p.started_at <> all(claimed)
            and p.started_at >= claim.claim_started_at - interval '168 hours'
            and p.started_at <= coalesce(claim.claim_ended_at, claim.claim_started_at)
            and (
                p.started_at = claim.claim_started_at
                or (
                    p.started_at < coalesce(claim.claim_ended_at, claim.claim_started_at)
                    and coalesce(p.ended_at, p.limit_at) > claim.claim_started_at
                )
            );
        select p.* into base
        from private.paired_with_clock(stream, starts[1], starts[1] + interval '1 microsecond') as p;
        -- If only person or project was corrected, further entries in that time are published as they are.
        claimed := claimed || case when claim.replaces then starts else starts[1:1] end;
        for corrected in
            select * from public.time_entries as t where t.stream_id = stream and t.claim_id = claim.claim_id
        loop
            shown := private.follow_taps(corrected, base, cardinality(starts), claim.replaces);
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
