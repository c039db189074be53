"""Corrections stand whatever arrives later, and the rest follows the taps."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.pairing.ledger import Ledger, Row
from tests.pairing.reference import Entry, Inputs, pair
from tests.pairing.strategies import FIRST_SETTINGS, History, histories

ENTRIES_IN_FULL = """
    select t.*, g.uid as tag_uid from public.time_entries as t join public.tags as g on g.id = t.tag_id
    where t.organization_id = %s
"""


@dataclass(frozen=True)
class Correction:
    """What is done to one of the entries that there are."""

    number: int
    act: Literal["delete", "shorten", "prolong", "start later", "assign", "split"]


corrections = st.lists(
    st.builds(
        Correction,
        number=st.integers(0, 9),
        act=st.sampled_from(("delete", "shorten", "prolong", "start later", "assign", "split")),
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.timeout(900)
@settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(history=histories(), is_late=st.lists(st.booleans(), min_size=40, max_size=40), made=corrections)
def test_corrections_stand_whatever_arrives_later(
    replay_ledger: Ledger, history: History, is_late: list[bool], made: list[Correction]
) -> None:
    late = [event for event, is_so in zip(history.events, is_late, strict=False) if is_so]
    with replay_ledger.connection.transaction(force_rollback=True):
        inputs = Inputs(FIRST_SETTINGS, history.inputs.assignments)
        replay_ledger.put_in_force(inputs)
        for event in history.events:
            if event not in late:
                replay_ledger.record_events(event.device, [event])
        corrected = [kept for correction in made for kept in correct(replay_ledger, correction)]
        before = rows(replay_ledger)

        for event in late:
            replay_ledger.record_events(event.device, [event])
        replay_ledger.change_the_past(Inputs((replace(FIRST_SETTINGS[0], device=None),)))

        after = rows(replay_ledger)
        for entry in corrected:
            assert_it_stands(before[entry], after[entry])
        expected = pair(history.events, inputs, replay_ledger.now()).entries
        assert_the_rest_follows(replay_ledger, list(after.values()), expected, str(history))
        replay_ledger.change_the_past(Inputs((replace(FIRST_SETTINGS[0], device=None, debounce_seconds=60),)))
        assert rows(replay_ledger) == after


def rows(ledger: Ledger) -> dict[str, Row]:
    return {row["id"]: row for row in ledger.query(ENTRIES_IN_FULL, [ledger.organization])}


def correct(ledger: Ledger, correction: Correction) -> list[str]:
    """Make a correction, if there is anything to correct; the ids of the entries that it decided."""
    visible = sorted(
        (row for row in rows(ledger).values() if row["deleted_at"] is None),
        key=lambda row: (row["started_at"], row["device_id"], row["tag_uid"]),
    )
    if not visible:
        return []
    entry = visible[correction.number % len(visible)]
    if entry["ended_at"] - entry["started_at"] < timedelta(milliseconds=10):
        return []
    middle = entry["started_at"] + (entry["ended_at"] - entry["started_at"]) / 2
    with ledger.signed_in():
        match correction.act:
            case "delete":
                ledger.query(
                    "select public.delete_time_entry(%s, %s, 'No.')", [entry["id"], entry["version"]]
                )
            case "split":
                parts = ledger.query(
                    "select (public.split_time_entry(%s, %s, %s, 'Two.')).id",
                    [entry["id"], entry["version"], middle],
                )
                return [part["id"] for part in parts]
            case "shorten":
                change(ledger, entry, ended_at=middle)
            case "prolong":
                change(ledger, entry, ended_at=entry["ended_at"] + timedelta(minutes=5))
            case "start later":
                change(ledger, entry, started_at=middle)
            case "assign":
                change(ledger, entry, project_id=ledger.ids["blue"], person_id=ledger.ids["bob"])
    return [entry["id"]]


def change(ledger: Ledger, entry: Row, **changes: datetime | str) -> None:
    values = {key: value if isinstance(value, str) else value.isoformat() for key, value in changes.items()}
    ledger.query(
        "select public.change_time_entry(%s, %s, %s, 'So it was.')",
        [entry["id"], entry["version"], Jsonb(values)],
    )


def assert_it_stands(before: Row, after: Row) -> None:
    def decided(row: Row) -> dict[str, Any]:
        fields = ["deleted_at", "corrected_fields", *before["corrected_fields"]]
        return {field: row[field] for field in fields}

    assert decided(after) == decided(before)


def assert_the_rest_follows(
    ledger: Ledger, all_rows: list[Row], expected: tuple[Entry, ...], told: str
) -> None:
    """Entries that no correction touches are those of the taps, and there are no others."""
    claims = [row for row in all_rows if row["claim_id"] is not None]
    found = {
        (row["device_id"], row["tag_uid"], row["started_at"], row["ended_at"], tuple(row["flags"]))
        for row in all_rows
        if row["claim_id"] is None
    }
    untouched, all_expected = set(), set()
    for entry in expected:
        fact = (ledger.ids[entry.device], entry.tag, entry.started_at, entry.ended_at, entry.flags)
        all_expected.add(fact)
        if not any(is_touched(ledger, entry, claim) for claim in claims):
            untouched.add(fact)
    assert untouched <= found <= all_expected, told


def is_touched(ledger: Ledger, entry: Entry, claim: Row) -> bool:
    """Whether the correction may stand for it: at a terminal whichever of a person's badges was tapped."""
    assert entry.ended_at is not None
    since: datetime = claim["claim_started_at"]
    until: datetime = claim["claim_ended_at"] or since
    if entry.stream == "dock":
        is_same = (ledger.ids[entry.device], entry.tag) == (claim["stream_id"], claim["tag_uid"])
    else:
        is_same = ledger.ids[entry.person or entry.tag] == claim["stream_id"]
    return is_same and entry.started_at <= until and entry.ended_at >= since
