create function private.pair_stream(
    stream uuid, kind text, organization uuid, since timestamptz, until timestamptz default 'infinity',
    out changed_from timestamptz, out changed_before timestamptz
)
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    is_late boolean;
    resume timestamptz;
    first_start timestamptz;
    last_moment timestamptz;
    window_start timestamptz;
    window_end timestamptz := timestamptz 'infinity';
    -- From here on nothing changes.
    settled_at timestamptz := timestamptz 'infinity';
    -- Somebody who stops by hand is out at a terminal; in a dock the tag is still in.
    has_stops boolean := kind = 'terminal' and exists (
        select from private.stops as s where s.stream_id = stream
    );
    stop timestamptz;
    done private.paired_entries[] := '{}'::private.paired_entries[];
    before private.paired_entries;
    entry private.paired_entries;
    stored private.paired_entries;
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
        window_end := until + interval '2 days';
    else
        resume := since;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream order by p.started_at desc limit 1;
    end if;
    first_start := coalesce(entry.started_at, resume);
    last_moment := known.last_occurred_at;
    window_start := resume;

    <<windows>>
    loop
        for moment in
            select t.occurred_at, array_agg(t) as taps
            from private.taps_of_stream(stream, kind, organization, window_start, window_end) as t
            group by t.occurred_at order by t.occurred_at
        loop
            last_moment := greatest(last_moment, moment.occurred_at);
            is_open := entry.started_at is not null and entry.ended_at is null;
            if is_open and has_stops then
                select s.stopped_at into stop from private.stops as s
                where s.stream_id = stream and s.started_at = entry.started_at;
                if stop <= least(moment.occurred_at, entry.limit_at) then
                    entry.ended_at := stop;
                    entry.flags := '{}';
                    is_open := false;
                end if;
            end if;
            if is_open and moment.occurred_at > entry.limit_at then
                entry.ended_at := entry.limit_at;
                entry.flags := array['auto_closed'];
                is_open := false;
            end if;
            if is_late and moment.occurred_at > until and entry.started_at is not null and not is_open then
                select * into stored from private.paired_entries as p
                where p.stream_id = stream and p.started_at < moment.occurred_at order by p.started_at desc limit 1;
                if stored is not distinct from entry then
                    settled_at := moment.occurred_at;
                    exit windows;
                end if;
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
                    -- The last counted tap either opened or closed the last entry.
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
        exit windows when window_end > known.last_occurred_at;
        window_start := window_end;
        window_end := window_end + 4 * (window_end - resume);
    end loop;
    if before.started_at is not null then
        done := array_append(done, before);
    end if;
    if entry.started_at is not null then
        done := array_append(done, entry);
    end if;

    if is_late then
        delete from private.paired_entries as p
        where p.stream_id = stream and p.started_at >= first_start and p.started_at < settled_at
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
    changed_from := first_start;
    changed_before := settled_at;
end
$$;
comment on function private.pair_stream(uuid, text, uuid, timestamptz, timestamptz) is
    'Pairs a stream again after new or changed taps between since and until. At the end of the stream this is O(1), '
    'earlier it goes from where the stream was last empty to where nothing changes any more. The order of arrival, '
    'repetitions and batches make no difference. Entries that start at or after changed_from and before changed_before '
    'may have changed.';
