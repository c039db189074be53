"""The audit queries hold on a lived-in organization, and each finds what it is for."""

from typing import LiteralString

import psycopg
import pytest

from tests.support.invariants import broken, read_invariants
from tools.stack import world
from tools.stack.postgres import PostgresStack

EVENTS = [
    {"event_type": event_type, "tag_uid": "DD542A83", "device_at": f"2026-04-11T{hour}:00:00Z"}
    for event_type, hour in (("tag_insert", "08"), ("tag_removed", "12"), ("tag_insert", "13"))
]
# What breaks each rule once the constraints that hold it are away.
BREAKS: dict[str, LiteralString] = {
    "an entry ends after it starts, within a week":
        "update public.time_entries set ended_at = started_at - interval '1 hour' where ended_at is not null",
    "an entry belongs to somebody": "update public.time_entries set person_id = null, tag_id = null",
    "a stream has one open entry at most": "update private.paired_entries set ended_at = null",
    "what the taps say never overlaps within a stream":
        "update private.paired_entries set ended_at = ended_at + interval '2 hours'",
    "every entry of taps that nobody corrected is what the taps say": "delete from private.paired_entries",
    "one open alert per cause":
        """insert into public.alerts (organization_id, kind, severity, source_type, source_id)
           select o.id, 'offline', 'info', 'device', o.id
           from public.organizations as o, generate_series(1, 2)""",
    "an organization has an active admin": "update public.memberships set is_active = false",
    "an event of a tag carries the number of that tag":
        "update public.device_events set tag_uid = '00000001'",
    "entries, events and alerts are of their own organization":
        "update private.streams set organization_id = gen_random_uuid()",
}  # fmt: skip


@pytest.fixture(scope="module")
def lived_in(postgres_stack: PostgresStack) -> str:
    """An organization with a dock, a tag that came, went and came again."""
    organization = world.create_organization(postgres_stack)
    key = world.create_device_key(world.create_device(organization, mode="dock"))
    world.rpc(
        postgres_stack.client(), "record_device_events", device_key=key.key, key_kind="header", events=EVENTS
    )
    assert len(organization.rows("time_entries")) == 2
    return organization.id


@pytest.fixture
def unguarded(postgres_stack: PostgresStack, lived_in: str) -> psycopg.Connection:
    """A transaction, taken back at the end, in which no constraint or trigger guards anything."""
    connection = psycopg.connect(postgres_stack.cluster.url("supabase_admin"))
    connection.execute("set session_replication_role = replica")
    connection.execute(
        """
        do $$
        declare
            guard record;
        begin
            for guard in
                select c.conrelid::regclass as of_table, c.conname from pg_catalog.pg_constraint as c
                where c.contype in ('c', 'u') and c.conrelid in (
                    'public.time_entries'::regclass, 'public.alerts'::regclass,
                    'private.paired_entries'::regclass
                )
            loop
                execute format('alter table %s drop constraint %I cascade', guard.of_table, guard.conname);
            end loop;
            drop index public.alerts_one_open_per_cause;
        end
        $$
        """
    )
    return connection


def test_they_hold_where_people_have_worked(postgres_stack: PostgresStack, lived_in: str) -> None:
    with psycopg.connect(postgres_stack.cluster.url("supabase_admin")) as connection:
        assert broken(connection) == []


def test_each_has_something_that_breaks_it() -> None:
    assert set(BREAKS) == set(read_invariants())


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_a_rule_is_found(unguarded: psycopg.Connection, name: str) -> None:
    with unguarded:
        assert broken(unguarded) == []
        unguarded.execute(BREAKS[name])
        assert name in [found.rpartition(": ")[0] for found in broken(unguarded)]
        unguarded.rollback()
