create view private.taps as
select
    e.id,
    e.organization_id,
    e.device_id,
    e.event_type,
    e.tag_id,
    e.tag_uid,
    e.direction,
    e.occurred_at,
    d.mode,
    coalesce(a.person_id, case when d.mode = 'dock' then d.person_id end) as person_id,
    a.project_id,
    coalesce(d.merge_gap_seconds, o.merge_gap_seconds, 10) as merge_gap_seconds,
    coalesce(d.debounce_seconds, o.debounce_seconds, 60) as debounce_seconds,
    coalesce(d.max_entry_hours, o.max_entry_hours, 12) as max_entry_hours,
    case
        when d.mode = 'dock' then e.device_id
        when d.mode = 'terminal' and e.event_type = 'tag_insert' then coalesce(a.person_id, e.tag_id)
    end as stream_id
from public.device_events as e
left join lateral (
    select s.mode, s.person_id, s.merge_gap_seconds, s.debounce_seconds, s.max_entry_hours
    from public.pairing_settings as s
    where s.device_id = e.device_id and s.organization_id = e.organization_id and s.valid_from <= e.occurred_at
    order by s.valid_from desc limit 1
) as d on true
left join lateral (
    select s.merge_gap_seconds, s.debounce_seconds, s.max_entry_hours
    from public.pairing_settings as s
    where s.organization_id = e.organization_id and s.device_id is null and s.valid_from <= e.occurred_at
    order by s.valid_from desc limit 1
) as o on true
left join lateral (
    select t.person_id, t.project_id
    from public.tag_assignments as t
    where t.tag_id = e.tag_id and t.organization_id = e.organization_id and t.valid_from <= e.occurred_at
    order by t.valid_from desc limit 1
) as a on true;
comment on view private.taps is 'Every event with what was in force when it happened, and the stream it belongs to.';

create function private.taps_of_stream(stream uuid, kind text, organization uuid, since timestamptz)
returns setof private.taps
language plpgsql
stable
set search_path = ''
as $$
begin
    if kind = 'dock' then
        return query select t.* from private.taps as t
        where t.device_id = stream and t.organization_id = organization and t.occurred_at >= since and t.mode = 'dock'
        -- So that the index by device is taken while nothing is known of the table yet.
        order by t.occurred_at;
    else
        return query select t.* from private.taps as t
        where t.tag_id in (
                select stream
                union
                select a.tag_id from public.tag_assignments as a where a.person_id = stream
            )
            and t.organization_id = organization and t.occurred_at >= since
            and t.event_type = 'tag_insert' and t.stream_id = stream;
    end if;
end
$$;
comment on function private.taps_of_stream(uuid, text, uuid, timestamptz) is
    'The taps of a stream from a time on, unordered; kind as in private.streams.';

create function private.in_dock_order(taps private.taps[], slot_tag_id uuid)
returns private.taps[]
language sql
immutable
set search_path = ''
as $$
    with tap as (
        select
            t.*,
            t.event_type = 'tag_removed' as leaves,
            bool_or(t.event_type = 'tag_insert') over same_tag as tag_enters,
            bool_or(t.event_type = 'tag_removed') over same_tag as tag_leaves
        from unnest(taps) as t
        window same_tag as (partition by t.tag_id)
    ),
    ranked as (
        select
            tap.*,
            case
                -- The tag that is in leaves before anything enters; its repeated insert changes nothing.
                when tag_id = slot_tag_id and (leaves or not tag_leaves) then 0
                -- Tags that came and went.
                when tag_id is distinct from slot_tag_id and tag_enters and tag_leaves then 1
                when not leaves then 2
                else 3
            end as turn
        from tap
    )
    select array_agg(
        (
            id, organization_id, device_id, event_type, tag_id, tag_uid, direction, occurred_at, mode, person_id,
            project_id, merge_gap_seconds, debounce_seconds, max_entry_hours, stream_id
        )::private.taps
        order by turn, tag_uid, leaves
    )
    from ranked
$$;
comment on function private.in_dock_order(private.taps[], uuid) is
    'Taps of one dock at one instant, in the order that the state of the slot gives them, never that of arrival.';

create function private.in_terminal_order(taps private.taps[], is_open boolean)
returns private.taps[]
language sql
immutable
set search_path = ''
as $$
    select array_agg(
        t order by
            case t.direction when 'out' then case when is_open then 0 else 2 end when 'in' then 1 else 3 end,
            t.tag_uid, t.device_id
    )
    from unnest(taps) as t
$$;
comment on function private.in_terminal_order(private.taps[], boolean) is
    'Taps of one stream at one instant: who is in leaves first, who is out enters first, taps without direction last.';

create function private.restart_time(stream uuid, since timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    resume timestamptz := since;
    entry private.paired_entries;
begin
    select * into entry from private.paired_entries as p
    where p.stream_id = stream and p.started_at < since order by p.started_at desc limit 1;
    while entry.ended_at is null and entry.started_at is not null or entry.ended_at >= resume loop
        resume := entry.started_at;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream and p.started_at < resume order by p.started_at desc limit 1;
    end loop;
    return resume;
end
$$;
comment on function private.restart_time(uuid, timestamptz) is
    'The latest time, since or before, at which the stream was empty.';

create function private.pair_stream(stream uuid, kind text, organization uuid, since timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    is_late boolean;
    resume timestamptz;
    first_start timestamptz;
    last_moment timestamptz;
    done private.paired_entries[] := '{}'::private.paired_entries[];
    before private.paired_entries;
    entry private.paired_entries;
    moment record;
    taps private.taps[];
    tap private.taps;
    is_open boolean;
    is_repeat boolean;
    leaves boolean;
    enters boolean;
begin
    select * into known from private.streams as s where s.stream_id = stream for update;
    if not found then
        insert into private.streams (stream_id, organization_id, kind) values (stream, organization, kind)
        on conflict (stream_id) do nothing;
        select * into known from private.streams as s where s.stream_id = stream for update;
    end if;
    is_late := since <= known.last_occurred_at;
    if is_late then
        resume := private.restart_time(stream, since);
        select * into entry from private.paired_entries as p
        where p.stream_id = stream and p.started_at < resume order by p.started_at desc limit 1;
    else
        resume := since;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream order by p.started_at desc limit 1;
    end if;
    first_start := coalesce(entry.started_at, resume);
    last_moment := known.last_occurred_at;

    for moment in
        select t.occurred_at, array_agg(t) as taps
        from private.taps_of_stream(stream, kind, organization, resume) as t
        group by t.occurred_at order by t.occurred_at
    loop
        last_moment := greatest(last_moment, moment.occurred_at);
        is_open := entry.started_at is not null and entry.ended_at is null;
        if is_open and moment.occurred_at > entry.limit_at then
            entry.ended_at := entry.limit_at;
            entry.flags := array['auto_closed'];
            is_open := false;
        end if;
        taps := moment.taps;
        if cardinality(taps) > 1 and kind = 'dock' then
            taps := private.in_dock_order(taps, case when is_open then entry.tag_id end);
        elsif cardinality(taps) > 1 then
            taps := private.in_terminal_order(taps, is_open);
        end if;

        foreach tap in array taps loop
            is_open := entry.started_at is not null and entry.ended_at is null;
            if kind = 'dock' then
                leaves := is_open and (tap.event_type = 'tag_removed') = (tap.tag_id = entry.tag_id);
                enters := tap.event_type = 'tag_insert' and not (is_open and tap.tag_id = entry.tag_id);
            else
                -- The last tap that counted opened the last entry, or closed it.
                is_repeat := tap.occurred_at <= make_interval(secs => tap.debounce_seconds) + case
                    when is_open or 'auto_closed' = any(entry.flags) then entry.started_at else entry.ended_at
                end;
                leaves := is_open and (tap.direction = 'out' or tap.direction is null and not is_repeat);
                enters := not is_open
                    and (tap.direction = 'in' or tap.direction is null and is_repeat is not true);
            end if;

            if leaves then
                entry.ended_at := tap.occurred_at;
                entry.flags := case
                    when tap.event_type = 'tag_insert' and kind = 'dock' then array['removal_missed'] else '{}'
                end;
                if entry.ended_at = entry.started_at then
                    entry := before;
                    before := null;
                end if;
            end if;
            if enters and kind = 'dock' and entry.tag_id = tap.tag_id and entry.flags = '{}'
                and tap.occurred_at <= entry.limit_at
                and tap.occurred_at <= entry.ended_at + make_interval(secs => entry.merge_gap_seconds) then
                entry.ended_at := null;
            elsif enters then
                if before.started_at is not null then
                    done := array_append(done, before);
                end if;
                before := entry;
                entry := (
                    stream, tap.occurred_at, null, tap.occurred_at + make_interval(hours => tap.max_entry_hours),
                    tap.merge_gap_seconds, tap.tag_id, tap.device_id, tap.person_id, tap.project_id, '{}'::text[]
                )::private.paired_entries;
            end if;
        end loop;
    end loop;
    if before.started_at is not null then
        done := array_append(done, before);
    end if;
    if entry.started_at is not null then
        done := array_append(done, entry);
    end if;

    if is_late then
        delete from private.paired_entries as p
        where p.stream_id = stream and p.started_at >= first_start
            and not exists (select from unnest(done) as d where d.started_at = p.started_at);
    end if;
    insert into private.paired_entries as p select d.* from unnest(done) as d
    on conflict (stream_id, started_at) do update
    set ended_at = excluded.ended_at, limit_at = excluded.limit_at, merge_gap_seconds = excluded.merge_gap_seconds,
        tag_id = excluded.tag_id, device_id = excluded.device_id, person_id = excluded.person_id,
        project_id = excluded.project_id, flags = excluded.flags
    where p is distinct from excluded;
    update private.streams as s set last_occurred_at = last_moment
    where s.stream_id = stream and s.last_occurred_at < last_moment;
    perform private.publish_entries(stream, first_start);
end
$$;
comment on function private.pair_stream(uuid, text, uuid, timestamptz) is
    'Pairs the taps of a stream that happened at or after since: O(1) at the end of the stream, else again from where '
    'it was last empty. Any order of arrival, repetition and batching gives the same entries.';

create function private.paired_with_clock(stream uuid, since timestamptz)
returns setof private.paired_entries
language sql
stable
set search_path = ''
as $$
    select
        p.stream_id, p.started_at,
        case when p.ended_at is null and p.limit_at < now() then p.limit_at else p.ended_at end,
        p.limit_at, p.merge_gap_seconds, p.tag_id, p.device_id, p.person_id, p.project_id,
        case when p.ended_at is null and p.limit_at < now() then array['auto_closed'] else p.flags end
    from private.paired_entries as p
    where p.stream_id = stream and p.started_at >= since
$$;
comment on function private.paired_with_clock(uuid, timestamptz) is
    'The paired entries of a stream as of now: one that nobody ended within its limit ends there, auto_closed.';

create function private.publish_entries(stream uuid, since timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
    -- Starts of the paired entries that people's corrections stand for.
    claimed timestamptz[] := '{}'::timestamptz[];
begin
    if exists (select from public.time_entries as t where t.stream_id = stream and t.claim_id is not null) then
        claimed := private.publish_claims(stream);
    end if;
    delete from public.time_entries as t
    where t.stream_id = stream and t.claim_id is null and t.paired_started_at >= since
        and (
            t.paired_started_at = any(claimed)
            or not exists (
                select from private.paired_entries as p
                where p.stream_id = stream and p.started_at >= since and p.started_at = t.paired_started_at
            )
        );
    insert into public.time_entries as t (
        organization_id, person_id, project_id, tag_id, device_id, started_at, ended_at, limit_at, flags, source,
        stream_id, paired_started_at
    )
    select
        s.organization_id, p.person_id, p.project_id, p.tag_id, p.device_id, p.started_at, p.ended_at, p.limit_at,
        p.flags, 'device', stream, p.started_at
    from private.paired_with_clock(stream, since) as p
    join private.streams as s on s.stream_id = stream
    where p.started_at <> all(claimed)
    on conflict (stream_id, paired_started_at) where claim_id is null and stream_id is not null do update
    set person_id = excluded.person_id, project_id = excluded.project_id, tag_id = excluded.tag_id,
        device_id = excluded.device_id, ended_at = excluded.ended_at, limit_at = excluded.limit_at,
        flags = excluded.flags, version = t.version + 1, updated_at = now()
    where (t.person_id, t.project_id, t.tag_id, t.device_id, t.ended_at, t.limit_at, t.flags)
        is distinct from (
            excluded.person_id, excluded.project_id, excluded.tag_id, excluded.device_id, excluded.ended_at,
            excluded.limit_at, excluded.flags
        );
end
$$;
comment on function private.publish_entries(uuid, timestamptz) is
    'Brings time_entries in line with the paired entries of a stream from since on; corrections stay.';

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
    -- What people said stays; what follows the taps gives way where the two leave no possible entry.
    if 'ended_at' = any(fixed) then
        shown.started_at := least(greatest(shown.started_at, shown.ended_at - week), shown.ended_at);
    else
        shown.ended_at := case
            when base.started_at is not null then base.ended_at
            else coalesce(corrected.claim_ended_at, case when corrected.limit_at < now() then corrected.limit_at end)
        end;
        if shown.ended_at is not null then
            shown.ended_at := least(greatest(shown.ended_at, shown.started_at), shown.started_at + week);
        end if;
        shown.flags := coalesce(base.flags, '{}');
    end if;
    if base.started_at is null
        or is_replacement and base_count > 1
        or 'started_at' = any(fixed) and base.started_at <> corrected.claim_started_at
        or 'ended_at' = any(fixed) and base.ended_at is distinct from corrected.claim_ended_at then
        shown.flags := shown.flags || 'contradicted'::text;
    end if;
    return shown;
end
$$;
comment on function private.follow_taps(public.time_entries, private.paired_entries, integer, boolean) is
    'A corrected entry over what the taps say now: corrected fields stay, the others follow, contradictions are flagged.';

create function private.publish_claims(stream uuid)
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
        where t.stream_id = stream and t.claim_id is not null
        group by t.claim_id, t.claim_started_at, t.claim_ended_at, t.tag_id
        order by t.claim_started_at, t.claim_id
    loop
        select coalesce(array_agg(p.started_at order by p.started_at), '{}') into starts
        from private.paired_entries as p
        where p.stream_id = stream and p.tag_id = claim.tag_id and p.started_at <> all(claimed)
            and (
                p.started_at = claim.claim_started_at
                or (
                    p.started_at < coalesce(claim.claim_ended_at, claim.claim_started_at)
                    and coalesce(p.ended_at, p.limit_at) > claim.claim_started_at
                )
            );
        select p.* into base from private.paired_with_clock(stream, starts[1]) as p where p.started_at = starts[1];
        -- Where only the person or project was corrected, further entries in that time stand for themselves.
        claimed := claimed || case when claim.replaces then starts else starts[1:1] end;
        for corrected in
            select * from public.time_entries as t where t.stream_id = stream and t.claim_id = claim.claim_id
        loop
            shown := private.follow_taps(corrected, base, cardinality(starts), claim.replaces);
            update public.time_entries as t
            set started_at = shown.started_at, ended_at = shown.ended_at, flags = shown.flags,
                person_id = shown.person_id, project_id = shown.project_id, limit_at = shown.limit_at,
                paired_started_at = shown.paired_started_at, version = t.version + 1, updated_at = now()
            where t.id = corrected.id and shown is distinct from corrected;
        end loop;
    end loop;
    return claimed;
end
$$;
comment on function private.publish_claims(uuid) is
    'Renews the corrected entries of a stream. Returns the starts of the paired entries that they stand for.';
