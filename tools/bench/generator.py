"""Fills a database with 10 thousand to 10 million events of 1,000 organizations, as the recorder would have.

Organizations are of skewed sizes: the n-th has a share of 1/n, so that the first has an eighth of it all.
A working day of a person is four events. Events are inserted in the order in which they came in; the
time entries are made of them by the recorder's own pairing, stream by stream, and then ordered, too.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from gatebook.devices.keys import generate_key
from tools.bench.report import progress
from tools.stack.postgres import PostgresStack
from tools.stack.processes import LocalError

CHUNK_EVENTS = 250_000
CHUNK_STREAMS = 200
WORKERS = 2

# The more events, the longer the history: seven weeks at 10 thousand, two years at 10 million.
PLAN = """
create schema bench;
create table bench.days as
select row_number() over (order by d desc) - 1 as k, d::date as day
from generate_series(current_date - 1, current_date - 800, interval '-1 day') as d
where extract(isodow from d) < 6
limit least(500, greatest(35, %(scale)s / 4000));

create table bench.organizations as
with share as (
    select n, round(sum(1.0 / n) over (order by n) / sum(1.0 / n) over () * %(scale)s / 4)::integer as until
    from generate_series(1, 1000) as n
)
select n, gen_random_uuid() as id, until - coalesce(lag(until) over (order by n), 0) as days from share;

create table bench.people as
select
    row_number() over (order by o.n, j) as n, o.n as organization, o.id as organization_id, j,
    gen_random_uuid() as id, gen_random_uuid() as user_id, gen_random_uuid() as tag_id,
    j %% 5 = 0 as uses_terminal,
    least(h.days, o.days - (j - 1) * h.days) as days
from bench.organizations as o
cross join (select count(*)::integer as days from bench.days) as h
cross join lateral generate_series(1, greatest(1, ceil(o.days::numeric / h.days)::integer)) as j;

-- A dock for each person, but for every fifth, who uses the terminal of their fifty.
create table bench.devices as
select gen_random_uuid() as id, organization_id, uses_terminal, min(n) as n, array_agg(n) as people
from bench.people
group by organization_id, uses_terminal, case when uses_terminal then -j / 50 else j end;
"""

PEOPLE = """
insert into public.organizations (id, name, time_zone)
select id, 'Works ' || n, 'Europe/Vienna' from bench.organizations;
insert into public.projects (organization_id, name)
select o.id, project from bench.organizations as o, unnest(array['Amber', 'Blue', 'Cyan']) as project;
insert into auth.users (id, aud, role, email)
select user_id, 'authenticated', 'authenticated', 'person-' || n || '@example.com' from bench.people
union all
select gen_random_uuid(), 'authenticated', 'authenticated', r.role || '-' || n || '@example.com'
from bench.organizations, unnest(array['viewer', 'admin']) as r (role);
insert into public.memberships (organization_id, user_id, role, email)
select p.organization_id, p.user_id, 'member', u.email
from bench.people as p join auth.users as u on u.id = p.user_id
union all
select o.id, u.id, r.role, u.email
from bench.organizations as o
cross join unnest(array['viewer', 'admin']) as r (role)
join auth.users as u on u.email = r.role || '-' || o.n || '@example.com';
insert into public.people (id, organization_id, user_id, name)
select id, organization_id, user_id, 'Person ' || j from bench.people;
insert into public.tags (id, organization_id, uid, person_id, project_id)
select p.tag_id, p.organization_id, upper(lpad(to_hex(p.n), 8, '0')), p.id, j.id
from bench.people as p
join public.projects as j
    on j.organization_id = p.organization_id and j.name = (array['Amber', 'Blue', 'Cyan'])[1 + p.j % 3];
insert into public.devices (id, organization_id, external_id, name, kind, mode)
select
    id, organization_id, 'NFC_' || n, 'Reader', case when uses_terminal then 'terminal' else 'reader' end,
    case when uses_terminal then 'terminal' else 'dock' end
from bench.devices;
analyze;
"""

# In, out for lunch, in, out; one removal in fifty is lost, and the reader sees the tag again instead.
EVENTS = """
with tap as (
    select
        p.organization_id, d.id as device_id, p.tag_id, upper(lpad(to_hex(p.n), 8, '0')) as tag_uid,
        'NFC_' || d.n as reader,
        case
            when slot %% 2 = 0 or p.uses_terminal or abs(hashint8extended(p.n * 1000 + w.k, slot)) %% 50 = 0
                then 'tag_insert'
            else 'tag_removed'
        end as event_type,
        (w.day + (array[8, 12, 13, 17])[slot + 1] * interval '1 hour' + jitter * interval '1 millisecond')
            at time zone 'UTC' as occurred_at
    from bench.days as w
    join bench.people as p on p.days > w.k
    join bench.devices as d on p.n = any(d.people)
    cross join generate_series(0, 3) as slot
    cross join lateral (select abs(hashint8extended(p.n * 1000 + w.k, slot + 10)) %% 1800000 as jitter) as j
    where w.k between %(first)s and %(last)s
), said as (
    select tap.*, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as device_time
    from tap
)
insert into public.device_events (
    organization_id, device_id, event_type, tag_id, tag_uid, device_time, occurred_at, received_at,
    time_quality, dedupe_key, payload
)
select
    organization_id, device_id, event_type, tag_id, tag_uid, device_time, occurred_at,
    occurred_at + interval '1 second', 'synced',
    md5(jsonb_build_array(event_type, tag_uid, null::text, extract(epoch from occurred_at))::text)::uuid,
    jsonb_build_object(
        'timestamp', device_time, 'event_type', event_type, 'tag_present', event_type = 'tag_insert',
        'tag_id', regexp_replace(lower(tag_uid), '(..)(?=.)', '\\1 ', 'g'),
        'tag_type', 'Mifare Classic (4-byte)', 'wifi_status', 'Connected to WiFi-2.4-6B2E (-49 dBm)',
        'time_status', 'Synced with NTP', 'device_id', reader
    )
from said
order by occurred_at
"""

STREAMS = """
create table bench.streams as
select row_number() over (order by md5(id::text)) as n, id, organization_id, kind from (
    select id, organization_id, 'dock' as kind from bench.devices where not uses_terminal
    union all
    select id, organization_id, 'terminal' from bench.people where uses_terminal
) as stream
"""
PAIR = """
select private.recompute_stream(id, kind, organization_id, '2000-01-01') from bench.streams
where n > %(done)s and n <= %(done)s + %(count)s
"""

SAMPLE = """
select id from (
    select id, row_number() over (partition by uses_terminal order by md5(id::text)) as n, uses_terminal
    from bench.devices as d
    where exists (select from public.device_events as e where e.device_id = d.id)
) as device
where n <= case when uses_terminal then 1 else 4 end
"""
# The same device, tags and people once more, in another organization.
TWIN = """
with twin as (
    insert into public.organizations (name, time_zone) values ('Twin', 'Europe/Vienna') returning id
), device as (
    insert into public.devices (organization_id, external_id, name, mode, requests_per_minute)
    select twin.id, d.external_id, d.name, d.mode, 2147483647
    from twin, public.devices as d where d.id = %(device)s
    returning id, organization_id
), person as (
    insert into public.people (organization_id, name, phone)
    select twin.id, 'Twin', '+43' || 10000000 + n
    from twin, bench.people as p
    where p.n = any((select people from bench.devices where id = %(device)s)::bigint[])
    returning id, organization_id, phone
), tag as (
    insert into public.tags (organization_id, uid, person_id)
    select organization_id, upper(lpad(to_hex(substr(phone, 4)::bigint - 10000000), 8, '0')), id from person
)
insert into public.device_keys (organization_id, device_id, kind, key_hash, hint)
select organization_id, id, 'header', sha256(convert_to(%(key)s, 'UTF8')), 'twin' from device
returning device_id
"""
SENT = """
select id, jsonb_build_object(
    'event_type', event_type, 'tag_uid', tag_uid, 'device_id', payload -> 'device_id',
    'device_time', device_time, 'device_at', device_time, 'payload', payload
) as event
from public.device_events where device_id = %s order by id limit 2000
"""
STORED = """
select event_type, tag_uid, direction, device_time, occurred_at, time_quality, dedupe_key, payload
from public.device_events where device_id = %(device)s order by id limit 2000
"""
# The last days may have an entry that only an event beyond the sample ends.
ENTRIES = """
select t.started_at, t.ended_at, t.limit_at, t.flags, t.source, g.uid, t.person_id is null as has_nobody
from public.time_entries as t join public.tags as g on g.id = t.tag_id
where t.device_id = %(device)s
    and t.started_at < (select occurred_at - interval '1 day' from public.device_events where id = %(last)s)
order by t.started_at, g.uid
"""


def fill(stack: PostgresStack, scale: int) -> None:
    """Make so many events, all that they belong to, and the time entries that follow."""
    with _connect(stack) as connection:
        connection.execute(PLAN, {"scale": scale})
        connection.execute(PEOPLE)
        # Foreign keys hold by construction; checking each would double the time.
        connection.execute("set session_replication_role = replica")
        events = 0
        for first, last, count in _chunks(connection):
            connection.execute(EVENTS, {"first": first, "last": last})
            events += count
            progress(f"Stored {events:,} of {scale:,} events")
        connection.execute(STREAMS)
        connection.execute("analyze public.device_events")
        _pair_streams(stack, connection)
        connection.execute("create index bench_order on public.time_entries (started_at)")
        connection.execute("cluster public.time_entries using bench_order")
        connection.execute("drop index public.bench_order")
        connection.execute("vacuum (analyze)")
        _compare_with_recorder(connection)
        [stored] = connection.execute(
            "select (select count(*) from public.device_events) as events,"
            " (select count(*) from public.time_entries) as entries,"
            " (select count(*) from public.people) as people,"
            " pg_size_pretty(pg_database_size(current_database())) as size"
        )
        progress(
            "Filled: {events:,} events, {entries:,} time entries, {people:,} people, {size}".format(**stored)
        )


def _connect(stack: PostgresStack) -> psycopg.Connection[dict[str, Any]]:
    connection = psycopg.Connection[dict[str, Any]].connect(
        stack.cluster.url("supabase_admin"), autocommit=True, row_factory=dict_row
    )
    # Several statements at once, some of which take no parameters from the server.
    connection.cursor_factory = psycopg.ClientCursor
    return connection


def _chunks(connection: psycopg.Connection[dict[str, Any]]) -> Iterator[tuple[int, int, int]]:
    """First and last day of a chunk, and how many events it makes; the oldest first."""
    days = connection.execute(
        "select k, 4 * (select count(*) from bench.people as p where p.days > d.k) as events"
        " from bench.days as d order by k desc"
    ).fetchall()
    last, events = days[0]["k"], 0
    for day in days:
        events += day["events"]
        if events >= CHUNK_EVENTS or day["k"] == 0:
            yield day["k"], last, events
            last, events = day["k"] - 1, 0


def _pair_streams(stack: PostgresStack, connection: psycopg.Connection[dict[str, Any]]) -> None:
    [found] = connection.execute("select count(*) as streams from bench.streams")

    def pair(done: int) -> int:
        with _connect(stack) as worker:
            worker.execute("set session_replication_role = replica")
            worker.execute(PAIR, {"done": done, "count": CHUNK_STREAMS})
        return done

    with ThreadPoolExecutor(WORKERS) as workers:
        for done in workers.map(pair, range(0, found["streams"], CHUNK_STREAMS)):
            if done % (CHUNK_STREAMS * 5) == 0:
                progress(f"Paired {done:,} of {found['streams']:,} streams")


def _compare_with_recorder(connection: psycopg.Connection[dict[str, Any]]) -> None:
    """Send what some devices sent to twins of theirs by the RPC: the same must come out."""
    for device in connection.execute(SAMPLE).fetchall():
        with connection.transaction(force_rollback=True):
            connection.execute("set local session_replication_role = origin")
            key = generate_key()
            [twin] = connection.execute(TWIN, {"device": device["id"], "key": key})
            sent = connection.execute(SENT, [device["id"]]).fetchall()
            for start in range(0, len(sent), 500):
                batch = [row["event"] for row in sent[start : start + 500]]
                connection.execute(
                    "select public.record_device_events(%s, 'header', %s)", [key, Jsonb(batch)]
                )
            for what, query in (("events", STORED), ("time entries", ENTRIES)):
                generated, recorded = (
                    connection.execute(query, {"device": of, "last": sent[-1]["id"]}).fetchall()
                    for of in (device["id"], twin["device_id"])
                )
                if generated != recorded:
                    raise LocalError(
                        f"The generated {what} of {device['id']} are not what the recorder makes."
                    )
