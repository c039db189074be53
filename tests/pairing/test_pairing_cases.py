"""The named histories, told to the database as devices do, give their answers."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.pairing.cases import (
    CASES,
    EPOCH,
    VIENNA,
    A,
    B,
    C,
    Case,
    Expected,
    Received,
    Said,
    inputs_of,
    instant,
    three_days_offline,
)
from tests.pairing.ledger import Connection, Ledger, message
from tests.pairing.reference import Event, Inputs, Settings, pair

FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 12, 31)
TIMELESS = tuple(case for case in CASES if not any(isinstance(e.start, Received) for e in case.entries))

Telling = Callable[[Ledger, Sequence[Said]], list[str]]
"""Sends a story and returns when each of its events counts."""


def open_book(connection: Connection, case: Case) -> Ledger:
    people = {*case.people.values(), *case.owners.values()}
    ledger = Ledger.create(connection, case.modes, case.people, people, time_zone=case.time_zone)
    ledger.put_in_force(inputs_of(case))
    return ledger


def tell(ledger: Ledger, device: str, story: Sequence[Said]) -> list[str]:
    with ledger.as_role("anon"):
        said = [message(s.event_type, s.tag, s.time, s.direction) for s in story]
        return [answer["occurred_at"] for answer in ledger.record(device, said)]


def as_it_happens(ledger: Ledger, story: Sequence[Said]) -> list[str]:
    return [time for said in story for time in tell(ledger, said.device, [said])]


def backwards(ledger: Ledger, story: Sequence[Said]) -> list[str]:
    return list(reversed(as_it_happens(ledger, story[::-1])))


def all_at_once_and_twice(ledger: Ledger, story: Sequence[Said]) -> list[str]:
    for device in sorted({said.device for said in story}):
        own = [said for said in story if said.device == device]
        tell(ledger, device, [*reversed(own), *own])
    return []


def expected_entries(case: Case, counted: Sequence[str]) -> set[tuple[object, ...]]:
    def moment(time: str | Received) -> datetime:
        text = counted[time.index] if isinstance(time, Received) else time
        return instant(text, case.time_zone)

    return {
        (e.device, e.tag, moment(e.start), moment(e.end), (e.flag,) if e.flag else ()) for e in case.entries
    }


def found_entries(ledger: Ledger) -> set[tuple[object, ...]]:
    return {(e.device, e.tag, e.started_at, e.ended_at, e.flags) for e in ledger.entries()}


def timesheet_days(ledger: Ledger) -> list[tuple[date, int, int]]:
    """The day, elapsed and wall seconds of each row that the admin reads."""
    with ledger.signed_in():
        rows = ledger.query(
            "select * from public.timesheet_days(%s, %s, %s)", [ledger.organization, FIRST_DAY, LAST_DAY]
        )
    return [(row["day"], row["elapsed_seconds"], row["wall_seconds"]) for row in rows]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_as_it_happens(connection: Connection, case: Case) -> None:
    ledger = open_book(connection, case)

    counted = as_it_happens(ledger, case.story)

    assert found_entries(ledger) == expected_entries(case, counted)


@pytest.mark.parametrize("telling", [backwards, all_at_once_and_twice], ids=lambda telling: telling.__name__)
@pytest.mark.parametrize("case", TIMELESS, ids=lambda case: case.name)
def test_otherwise_told(connection: Connection, case: Case, telling: Telling) -> None:
    ledger = open_book(connection, case)

    telling(ledger, case.story)

    assert found_entries(ledger) == expected_entries(case, [])


@pytest.mark.parametrize("case", [case for case in CASES if case.elapsed], ids=lambda case: case.name)
def test_the_timesheet_says(connection: Connection, case: Case) -> None:
    ledger = open_book(connection, case)
    as_it_happens(ledger, case.story)

    days = timesheet_days(ledger)

    assert timedelta(seconds=sum(elapsed for _, elapsed, _ in days)) == case.elapsed
    if case.wall_time is not None:
        assert timedelta(seconds=sum(wall for _, _, wall in days)) == case.wall_time


@pytest.mark.parametrize(
    ("evening", "morning", "seconds"),
    [("2026-03-28", "2026-03-29", (7_200, 18_000)), ("2026-10-24", "2026-10-25", (7_200, 25_200))],
)
def test_a_vienna_night_is_split_at_its_midnight(
    connection: Connection, evening: str, morning: str, seconds: tuple[int, int]
) -> None:
    story = (
        Said("tag_insert", A, f"{evening}T22:00:00"),
        Said("tag_removed", A, f"{morning}T06:00:00"),
    )
    ledger = open_book(connection, Case("a night", story, (), time_zone=VIENNA))
    as_it_happens(ledger, story)

    assert timesheet_days(ledger) == [
        (date.fromisoformat(evening), seconds[0], seconds[0]),
        (date.fromisoformat(morning), seconds[1], seconds[1]),
    ]


def test_three_days_offline_in_one_batch_oldest_last_are_the_three_days_online(
    connection: Connection,
) -> None:
    story = three_days_offline()
    case = Case("three days", story, ())
    online, offline = open_book(connection, case), open_book(connection, case)

    as_it_happens(online, story)
    tell(offline, "desk", story[::-1])

    events = [Event("desk", said.event_type, said.tag, instant(said.time, "UTC")) for said in story]
    assert offline.entries() == online.entries() == pair(events, inputs_of(case), datetime.now(UTC)).entries
    assert timesheet_days(offline) == timesheet_days(online) != []


def test_a_late_removal_repairs_an_entry_that_was_closed_for_it(connection: Connection) -> None:
    stay = Expected(A, "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z")
    story = (
        Said("tag_insert", A, "2026-03-02T08:00:00Z"),
        Said("tag_insert", A, "2026-03-03T08:00:00Z"),
        Said("tag_removed", A, "2026-03-03T09:00:00Z"),
        Said("tag_removed", A, "2026-03-02T16:00:00Z"),
    )
    case = Case("a late removal", story, (stay, Expected(A, "2026-03-03T08:00:00Z", "2026-03-03T09:00:00Z")))
    ledger = open_book(connection, case)

    as_it_happens(ledger, story[:3])
    closed_for_them = [entry.ended_at for entry in ledger.entries() if entry.flags == ("auto_closed",)]
    as_it_happens(ledger, story[3:])

    assert closed_for_them == [datetime(2026, 3, 2, 20, tzinfo=UTC)]
    assert found_entries(ledger) == expected_entries(case, [])


def test_the_first_sight_of_a_tag_creates_it(connection: Connection) -> None:
    case = Case("strangers", (Said("tag_insert", C, "2026-03-02T08:00:00Z"),), (), people={})
    ledger = open_book(connection, case)

    as_it_happens(ledger, case.story)

    assert [(entry.tag, entry.person) for entry in ledger.entries()] == [(C, None)]


def test_a_device_without_a_mode_pairs_nothing(connection: Connection) -> None:
    story = (Said("tag_insert", A, "2026-03-02T08:00:00Z"), Said("tag_removed", A, "2026-03-02T09:00:00Z"))
    ledger = open_book(connection, Case("a tablet", story, ()))
    ledger.put_in_force(Inputs((Settings(EPOCH + timedelta(days=1), "desk", mode=None),)))

    as_it_happens(ledger, story)

    assert ledger.entries() == ()


def test_the_answer_to_a_tap_names_the_entry_it_opened_or_closed(connection: Connection) -> None:
    ledger = open_book(connection, Case("a stay", (), ()))
    with ledger.as_role("anon"):
        opened, repeated, closed, anomalous = (
            ledger.record("desk", [message(event_type, tag, f"2026-03-02T{clock}Z")])[0]
            for event_type, tag, clock in (
                ("tag_insert", A, "08:00:00"),
                ("tag_insert", A, "08:00:00"),
                ("tag_removed", A, "09:00:00"),
                ("tag_removed", B, "10:00:00"),
            )
        )

    assert (opened["status"], opened["time_entry"]["change"]) == ("stored", "opened")
    assert (repeated["status"], repeated["event_id"]) == ("duplicate", opened["event_id"])
    assert (closed["status"], closed["time_entry"]["change"]) == ("stored", "closed")
    assert closed["time_entry"]["id"] == opened["time_entry"]["id"]
    assert anomalous["time_entry"] is None
