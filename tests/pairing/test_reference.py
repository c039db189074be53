"""The reference gives the named answers, and answers that can be checked without knowing how it works."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from tests.pairing.cases import (
    CASES,
    EPOCH,
    A,
    B,
    Case,
    Received,
    inputs_of,
    instant,
    three_days_offline,
)
from tests.pairing.laws import broken_laws
from tests.pairing.reference import (
    Anomaly,
    Assignment,
    Entry,
    Event,
    Inputs,
    Settings,
    elapsed,
    pair,
    time_that_counts,
    wall_time,
)
from tests.pairing.strategies import History, histories

EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def inserted(tag: str, at: datetime, device: str = "desk") -> Event:
    return Event(device, "tag_insert", tag, at)


def removed(tag: str, at: datetime, device: str = "desk") -> Event:
    return Event(device, "tag_removed", tag, at)


def spans(entries: tuple[Entry, ...]) -> list[tuple[str, float, float | None, tuple[str, ...]]]:
    """Shorten entries to tag, start and end in seconds since eight, and flags."""
    return [
        (
            e.tag,
            (e.started_at - EIGHT).total_seconds(),
            None if e.ended_at is None else (e.ended_at - EIGHT).total_seconds(),
            e.flags,
        )
        for e in entries
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reference_answers(case: Case) -> None:
    received = [RECEIVED + minutes(index) for index in range(len(case.story))]
    events = []
    for said, received_at in zip(case.story, received, strict=True):
        at, _ = time_that_counts(instant(said.time, case.time_zone), received_at)
        events.append(Event(said.device, said.event_type, said.tag, at, said.direction))

    def moment(expected: str | Received) -> datetime:
        if isinstance(expected, Received):
            return received[expected.index]
        return instant(expected, case.time_zone)

    entries = pair(events, inputs_of(case)).entries

    assert {(e.device, e.tag, e.started_at, e.ended_at, e.flags) for e in entries} == {
        (e.device, e.tag, moment(e.start), moment(e.end), (e.flag,) if e.flag else ()) for e in case.entries
    }
    if case.elapsed is not None:
        assert elapsed(entries) == case.elapsed
    if case.wall_time is not None:
        assert wall_time(entries) == case.wall_time


def test_three_days_offline_are_a_history_worth_replaying() -> None:
    story = [
        Event(s.device, s.event_type, s.tag, instant(s.time, "UTC"), s.direction)
        for s in three_days_offline()
    ]

    result = pair(story)

    assert len(set(story)) == 400
    assert story[-1].at - story[0].at > timedelta(days=2)
    assert {flag for entry in result.entries for flag in entry.flags} == {"removal_missed", "auto_closed"}
    assert len(result.entries) > 100


def test_a_clock_before_2020_is_unsynced() -> None:
    assert time_that_counts(datetime(1970, 1, 1, tzinfo=UTC), RECEIVED) == (RECEIVED, "unsynced")


def test_no_clock_is_unsynced() -> None:
    assert time_that_counts(None, RECEIVED) == (RECEIVED, "unsynced")


def test_two_minutes_ahead_are_tolerated_and_more_are_not() -> None:
    tolerated = RECEIVED + minutes(2)
    assert time_that_counts(tolerated, RECEIVED) == (tolerated, "synced")
    assert time_that_counts(tolerated + seconds(0.001), RECEIVED) == (RECEIVED, "ahead")


def test_a_tag_that_is_in_leaves_before_it_enters_again() -> None:
    events = [
        inserted(A, EIGHT),
        removed(A, EIGHT + minutes(30)),
        inserted(A, EIGHT + minutes(30)),
        removed(A, EIGHT + minutes(60)),
    ]
    assert spans(pair(events).entries) == [(A, 0, 3600, ())]


def test_a_tag_passing_through_still_throws_out_the_one_that_is_in() -> None:
    noon = EIGHT + minutes(240)
    result = pair([inserted(A, EIGHT), inserted(B, noon), removed(B, noon), removed(A, noon + seconds(1))])

    assert spans(result.entries) == [(A, 0, 14400, ("removal_missed",))]
    assert result.anomalies == {Anomaly("desk", "tag_removed", A, noon + seconds(1))}


def test_a_tag_reported_again_while_another_enters_is_thrown_out() -> None:
    events = [inserted(B, EIGHT), inserted(A, EIGHT + minutes(30)), inserted(B, EIGHT + minutes(30))]
    assert spans(pair(events).entries) == [(B, 0, 1800, ("removal_missed",)), (A, 1800, None, ())]


def test_of_two_tags_entering_at_once_the_later_uid_stays() -> None:
    assert spans(pair([inserted(B, EIGHT), inserted(A, EIGHT)]).entries) == [(B, 0, None, ())]


def test_an_entry_of_no_length_does_not_stand_between_a_flicker() -> None:
    events = [
        inserted(A, EIGHT),
        removed(A, EIGHT + minutes(10)),
        inserted(B, EIGHT + minutes(10) + seconds(3)),
        removed(B, EIGHT + minutes(10) + seconds(3)),
        inserted(A, EIGHT + minutes(10) + seconds(6)),
        removed(A, EIGHT + minutes(20)),
    ]
    assert spans(pair(events).entries) == [(A, 0, 1200, ())]


def test_a_tag_that_leaves_and_enters_while_another_enters_goes_on() -> None:
    later = EIGHT + minutes(30)
    events = [inserted(B, EIGHT), removed(B, later), inserted(A, later), inserted(B, later)]
    assert spans(pair(events).entries) == [(B, 0, None, ())]


def test_an_entry_ended_by_a_swap_is_not_resumed() -> None:
    events = [
        inserted(A, EIGHT),
        inserted(B, EIGHT + seconds(60)),
        removed(B, EIGHT + seconds(60)),
        inserted(A, EIGHT + seconds(65)),
    ]
    assert spans(pair(events).entries) == [(A, 0, 60, ("removal_missed",)), (A, 65, None, ())]


def test_a_flicker_does_not_stretch_an_entry_beyond_the_limit() -> None:
    limit = EIGHT + minutes(720)
    in_time = [inserted(A, EIGHT), removed(A, limit - seconds(5)), inserted(A, limit)]
    too_late = [inserted(A, EIGHT), removed(A, limit - seconds(5)), inserted(A, limit + seconds(1))]

    assert spans(pair(in_time).entries) == [(A, 0, None, ())]
    assert spans(pair(too_late).entries) == [(A, 0, 43195, ()), (A, 43201, None, ())]


def test_the_sweep_ends_what_is_open_for_longer_than_the_limit() -> None:
    events = [inserted(A, EIGHT)]

    assert spans(pair(events, now=EIGHT + minutes(720)).entries) == [(A, 0, None, ())]
    assert spans(pair(events, now=EIGHT + minutes(721)).entries) == [(A, 0, 43200, ("auto_closed",))]


def test_an_entry_takes_the_settings_and_the_person_in_force_at_its_start() -> None:
    inputs = Inputs(
        settings=(
            Settings(EPOCH, max_entry_hours=2),
            Settings(EIGHT + seconds(1), max_entry_hours=1),
            Settings(EPOCH, "desk", mode="dock", owner="olga"),
        ),
        assignments=(
            Assignment(A, EPOCH, project="before"),
            Assignment(A, EIGHT + seconds(1), person="ann", project="after"),
        ),
    )
    events = [inserted(A, EIGHT), inserted(A, EIGHT + minutes(180)), inserted(A, EIGHT + minutes(300))]

    first, second, third = pair(events, inputs).entries

    assert (first.person, first.project, first.ended_at) == ("olga", "before", EIGHT + minutes(120))
    assert (second.person, second.project, second.ended_at) == ("ann", "after", EIGHT + minutes(240))
    assert third.ended_at is None


def test_a_tap_belongs_to_whoever_had_the_tag_then() -> None:
    inputs = Inputs(
        settings=(Settings(EPOCH, "gate", mode="terminal"),),
        assignments=(Assignment(A, EIGHT + minutes(60), person="ann"),),
    )
    events = [inserted(A, EIGHT + minutes(offset), "gate") for offset in (0, 30, 60, 90)]

    entries = pair(events, inputs).entries

    assert [(e.person, e.started_at, e.ended_at) for e in entries] == [
        (None, EIGHT, EIGHT + minutes(30)),
        ("ann", EIGHT + minutes(60), EIGHT + minutes(90)),
    ]


def test_out_while_out_is_an_anomaly_unless_it_bounces() -> None:
    inputs = Inputs(settings=(Settings(EPOCH, "gate", mode="terminal"),))
    early = Event("gate", "tag_insert", A, EIGHT - minutes(60), "out")
    day = [inserted(A, EIGHT, "gate"), inserted(A, EIGHT + minutes(60), "gate")]
    bounce = Event("gate", "tag_insert", A, EIGHT + minutes(61), "out")
    late = Event("gate", "tag_insert", A, EIGHT + minutes(61) + seconds(1), "out")

    result = pair([early, *day, bounce, late], inputs)

    assert spans(result.entries) == [(A, 0, 3600, ())]
    assert {anomaly.at for anomaly in result.anomalies} == {early.at, late.at}


def test_taps_that_leave_no_entry_do_not_count() -> None:
    inputs = Inputs(settings=(Settings(EPOCH, "gate", mode="terminal"),))
    came = Event("gate", "tag_insert", A, EIGHT, "in")
    went = Event("gate", "tag_insert", A, EIGHT, "out")
    events = [came, went, inserted(A, EIGHT + seconds(30), "gate")]
    assert spans(pair(events, inputs).entries) == [(A, 30, None, ())]


def test_at_one_moment_who_is_in_goes_out_before_coming_in() -> None:
    inputs = Inputs(settings=(Settings(EPOCH, "gate", mode="terminal"),))
    noon = EIGHT + minutes(240)
    events = [
        inserted(A, EIGHT, "gate"),
        Event("gate", "tag_insert", A, noon, "in"),
        Event("gate", "tag_insert", A, noon, "out"),
        inserted(A, noon, "gate"),
    ]
    assert spans(pair(events, inputs).entries) == [(A, 0, 14400, ()), (A, 14400, None, ())]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_the_reference_keeps_the_laws(history: History) -> None:
    now = max((event.at for event in history.events), default=EIGHT) + timedelta(days=1)
    for moment in (None, now):
        entries = pair(history.events, history.inputs, moment).entries
        assert broken_laws(entries, history.events, history.inputs, moment) == []


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_events_are_a_set(history: History) -> None:
    backwards = tuple(dataclasses.replace(event) for event in reversed(history.events))
    assert pair(history.events, history.inputs) == pair(backwards + history.events, history.inputs)
