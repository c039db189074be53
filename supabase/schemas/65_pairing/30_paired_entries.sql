create table private.paired_entries (
    -- No foreign keys here, nor from time_entries to tags and devices: the transaction that writes these rows has just
    -- checked those of the events, and each further key would cost every tap a look-up.
    stream_id uuid not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    limit_at timestamptz not null,
    merge_gap_seconds integer not null,
    tag_id uuid not null,
    device_id uuid not null,
    person_id uuid,
    project_id uuid,
    flags text[] not null,
    primary key (stream_id, started_at)
) with (fillfactor = 80);
comment on table private.paired_entries is
    'What the taps alone give: a pure function of device_events, tag_assignments, pairing_settings and stops. An open '
    'entry is forgotten after limit_at. time_entries shows these rows to people, with corrections.';

create function private.paired_with_clock(stream uuid, since timestamptz, before timestamptz)
returns setof private.paired_entries
language sql
stable
set search_path = ''
as $$
    select
        p.stream_id, p.started_at,
        case when p.ended_at is null and p.limit_at < private.now() then p.limit_at else p.ended_at end,
        p.limit_at, p.merge_gap_seconds, p.tag_id, p.device_id, p.person_id, p.project_id,
        case when p.ended_at is null and p.limit_at < private.now() then array['auto_closed'] else p.flags end
    from private.paired_entries as p
    where p.stream_id = stream and p.started_at >= since and p.started_at < before
$$;
comment on function private.paired_with_clock(uuid, timestamptz, timestamptz) is
    'The paired entries of a stream that start at or after since and before the other time, as of now: an open entry '
    'past its limit ends there, flagged auto_closed.';
