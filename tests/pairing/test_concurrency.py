"""Devices that report at the same time give the entries they would give one after the other."""

import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from tests.pairing.ledger import Connection, Ledger, connect, shown
from tests.pairing.reference import Assignment, Event, EventType, Inputs, pair
from tests.pairing.strategies import DEVICES, EPOCH, FIRST_SETTINGS, PEOPLE, TAGS
from tools.stack.postgres import PostgresStack

INPUTS = Inputs(FIRST_SETTINGS, tuple(Assignment(tag, EPOCH, person="ann") for tag in TAGS[:2]))
BEGIN = datetime(2026, 3, 2, 7, tzinfo=UTC)
TYPES: tuple[EventType, ...] = ("tag_insert", "tag_insert", "tag_removed")
THREADS = 4


def busy_day(chance: random.Random, events: int = 160) -> list[Event]:
    return [
        Event(
            device=chance.choice(DEVICES),
            event_type=chance.choice(TYPES),
            tag=chance.choice(TAGS),
            at=BEGIN + timedelta(minutes=chance.randrange(20 * 60)),
        )
        for _ in range(events)
    ]


def requests_of(events: list[Event], chance: random.Random) -> list[tuple[str, list[Event]]]:
    """Put the events, in any order, into requests of one to five."""
    waiting: dict[str, list[Event]] = defaultdict(list)
    requests = []
    for event in chance.sample(events, len(events)):
        waiting[event.device].append(event)
        if len(waiting[event.device]) >= chance.randint(1, 5):
            requests.append((event.device, waiting.pop(event.device)))
    return [*requests, *waiting.items()]


@pytest.mark.parametrize("seed", range(5))
def test_everything_at_the_same_time_and_everything_twice(
    connection: Connection, postgres_stack: PostgresStack, seed: int
) -> None:
    chance = random.Random(seed)
    ledger = Ledger.create(connection, DEVICES, TAGS, PEOPLE)
    ledger.put_in_force(INPUTS)
    events = busy_day(chance)
    # Each event goes to two of the threads.
    shares: list[list[Event]] = [[] for _ in range(THREADS)]
    for event in events:
        for thread in chance.sample(range(THREADS), 2):
            shares[thread].append(event)
    work = [requests_of(share, chance) for share in shares]
    ready = Barrier(THREADS, timeout=20)

    def report(requests: list[tuple[str, list[Event]]]) -> None:
        with connect(postgres_stack.cluster.url("postgres")) as own:
            mine = replace(ledger, connection=own)
            ready.wait()
            for device, said in requests:
                mine.record_events(device, said)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(report, work))

    expected = pair(events, INPUTS, ledger.now()).entries
    found = ledger.entries()
    assert found == expected, f"found{shown(found)}\nexpected{shown(expected)}"


def test_a_tag_is_relabelled_while_it_is_tapped(
    connection: Connection, postgres_stack: PostgresStack
) -> None:
    chance = random.Random(7)
    ledger = Ledger.create(connection, DEVICES, TAGS, PEOPLE)
    ledger.put_in_force(INPUTS)
    events = busy_day(chance)
    relabelled = Assignment(TAGS[2], BEGIN + timedelta(hours=3), person="bob")
    ready = Barrier(2, timeout=20)

    def report() -> None:
        with connect(postgres_stack.cluster.url("postgres")) as own:
            mine = replace(ledger, connection=own)
            ready.wait()
            for device, said in requests_of(events, chance):
                mine.record_events(device, said)

    def relabel() -> None:
        with connect(postgres_stack.cluster.url("postgres")) as own:
            mine = replace(ledger, connection=own)
            ready.wait()
            for person in ("ann", None, "bob"):
                mine.change_the_past(Inputs(assignments=(replace(relabelled, person=person),)))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(report), pool.submit(relabel)]:
            done.result()

    inputs = replace(INPUTS, assignments=(*INPUTS.assignments, relabelled))
    expected = pair(events, inputs, ledger.now()).entries
    found = ledger.entries()
    assert found == expected, f"found{shown(found)}\nexpected{shown(expected)}"
