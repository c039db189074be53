"""Every short history, not a sample: 2 tags, 2 kinds of event and 4 instants, in every order of arrival."""

import os
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import product

import pytest

from tests.pairing.ledger import Ledger, shown
from tests.pairing.reference import Entry, Event, EventType, Inputs, pair
from tests.pairing.strategies import BEGIN, FIRST_SETTINGS, TAGS
from tests.support.patience import EXAMPLES

INPUTS = Inputs(FIRST_SETTINGS)
# Within the merge gap, within the debounce, and beyond both.
INSTANTS = (0, 5, 50, 120)
KINDS: tuple[EventType, ...] = ("tag_insert", "tag_removed")
# 4,368 histories of up to 3 events with their prefixes; 69,904 of up to 4; 1,118,480 of up to 5 take hours.
LENGTH = int(os.environ.get("GATEBOOK_HISTORY_LENGTH", "4" if EXAMPLES >= 2_000 else "3"))


def events_of(device: str) -> tuple[Event, ...]:
    return tuple(
        Event(device, kind, tag, BEGIN + timedelta(seconds=seconds))
        for tag, kind, seconds in product(TAGS[:2], KINDS, INSTANTS)
    )


def expected(history: frozenset[Event]) -> tuple[Entry, ...]:
    # Long ago: what nobody ended has ended at its limit.
    return pair(history, INPUTS, BEGIN + timedelta(days=300)).entries


def differences(ledger: Ledger, device: str, length: int) -> Iterator[str]:
    """Play each history once, one event after the other, and go back by a savepoint."""
    look_up = cache(expected)
    events = events_of(device)

    def go_on(history: tuple[Event, ...]) -> Iterator[str]:
        for event in events:
            longer = (*history, event)
            with ledger.connection.transaction(force_rollback=True):
                ledger.record_events(device, [event])
                found = ledger.entries()
                if found != look_up(frozenset(longer)):
                    yield f"{longer}\nfound{shown(found)}\nexpected{shown(look_up(frozenset(longer)))}"
                if len(longer) < length:
                    yield from go_on(longer)

    yield from go_on(())


@pytest.mark.timeout(4 * 3_600)
@pytest.mark.parametrize("device", ["dock-1", "gate-1"])
def test_every_history_gives_what_the_reference_says(replay_ledger: Ledger, device: str) -> None:
    with replay_ledger.connection.transaction(force_rollback=True):
        replay_ledger.put_in_force(INPUTS)
        assert next(differences(replay_ledger, device, LENGTH), None) is None
