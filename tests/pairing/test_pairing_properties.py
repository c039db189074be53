"""Whatever arrives in whatever order, the database's entries are those of the reference."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pairing.ledger import Ledger, shown
from tests.pairing.reference import Inputs, pair
from tests.pairing.strategies import (
    EPOCH,
    FIRST_SETTINGS,
    History,
    Request,
    arrivals,
    histories,
    online,
)

# Some histories end now, so that an entry may be running; most do not.
AGES = (timedelta(0), timedelta(minutes=20), timedelta(hours=11, minutes=50), timedelta(days=200))

unhurried = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

# For the thousands of `make test-long`.
pytestmark = pytest.mark.timeout(900)


@st.composite
def replays(draw: st.DrawFn) -> tuple[History, tuple[Request, ...]]:
    history = draw(histories())
    return history, draw(arrivals(history.events))


@unhurried
@given(replay=replays(), age=st.sampled_from(AGES))
def test_any_order_repetition_and_batching_gives_the_same_entries(
    replay_ledger: Ledger, replay: tuple[History, tuple[Request, ...]], age: timedelta
) -> None:
    history, requests = replay
    with replay_ledger.connection.transaction(force_rollback=True):
        by = replay_ledger.now() - age - history.ended_at
        replay_ledger.put_in_force(history.shifted(by).inputs)
        arrive(replay_ledger, requests, by)
        expect_the_entries_of(history.shifted(by), replay_ledger, requests)


@unhurried
@given(history=histories(), age=st.sampled_from(AGES))
def test_events_that_arrive_as_they_happen_give_the_same_entries(
    replay_ledger: Ledger, history: History, age: timedelta
) -> None:
    requests = online(history.events)
    with replay_ledger.connection.transaction(force_rollback=True):
        by = replay_ledger.now() - age - history.ended_at
        replay_ledger.put_in_force(history.shifted(by).inputs)
        arrive(replay_ledger, requests, by)
        expect_the_entries_of(history.shifted(by), replay_ledger, requests)


@unhurried
@given(replay=replays())
def test_what_is_changed_afterwards_for_the_past_might_have_been_so_from_the_start(
    replay_ledger: Ledger, replay: tuple[History, tuple[Request, ...]]
) -> None:
    history, requests = replay
    # A device's mode and owner change from now on only.
    numbers = [
        replace(row, mode=first.mode, owner=None)
        for row in history.inputs.settings
        for first in (*FIRST_SETTINGS, replace(FIRST_SETTINGS[0], device=None, mode=None))
        if first.device == row.device and row not in FIRST_SETTINGS
    ]
    modes = [
        row
        for row in FIRST_SETTINGS
        if row.device not in {n.device for n in numbers if n.valid_from == EPOCH}
    ]
    changed = replace(history, inputs=Inputs((*modes, *numbers), history.inputs.assignments))
    with replay_ledger.connection.transaction(force_rollback=True):
        replay_ledger.put_in_force(Inputs(FIRST_SETTINGS))
        arrive(replay_ledger, requests, timedelta(0))
        replay_ledger.change_the_past(Inputs(tuple(numbers), history.inputs.assignments))
        expect_the_entries_of(changed, replay_ledger, requests)


@unhurried
@given(replay=replays())
def test_the_anomalies_are_those_of_the_reference(
    replay_ledger: Ledger, replay: tuple[History, tuple[Request, ...]]
) -> None:
    history, requests = replay
    with replay_ledger.connection.transaction(force_rollback=True):
        replay_ledger.put_in_force(history.inputs)
        arrive(replay_ledger, requests, timedelta(0))
        expected = pair(history.events, history.inputs).anomalies
        found = replay_ledger.anomalies()
        if found != expected:
            too_many, missing = "\n".join(map(str, found - expected)), "\n".join(map(str, expected - found))
            pytest.fail(
                f"In the history\n{history}\ntoo many:\n{too_many}\nmissing:\n{missing}", pytrace=False
            )


def arrive(ledger: Ledger, requests: tuple[Request, ...], by: timedelta) -> None:
    for request in requests:
        events = [replace(event, at=event.at + by) for event in request.events]
        ledger.record_events(request.device, events, request.keys)


def expect_the_entries_of(history: History, ledger: Ledger, requests: tuple[Request, ...]) -> None:
    expected = pair(history.events, history.inputs, ledger.now()).entries
    found = ledger.entries()
    if found == expected:
        return
    only_found = [entry for entry in found if entry not in expected]
    missing = [entry for entry in expected if entry not in found]
    arrived = "\n".join(str(request) for request in requests)
    pytest.fail(
        f"The history\n{history}\narrived (there may be a shift in time) as\n{arrived}\n"
        f"The database has too much:{shown(only_found)}\nand misses:{shown(missing)}\n"
        f"All the database has:{shown(found)}\nAll it should have:{shown(expected)}",
        pytrace=False,
    )
