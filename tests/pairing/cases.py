"""Named histories with their answers; the reference and the database both have to give them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.pairing.reference import Assignment, Direction, EventType, Inputs, Mode, Settings

A, B, C = "DD542A83", "E1000001", "F2000002"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
DAY = "2026-03-02"
VIENNA = "Europe/Vienna"


@dataclass(frozen=True)
class Received:
    """The moment at which the event with this index (in the story) was received."""

    index: int


Moment = str | Received


@dataclass(frozen=True)
class Said:
    """What a device said; time as it wrote it."""

    event_type: EventType
    tag: str
    time: str
    device: str = "desk"
    direction: Direction | None = None


@dataclass(frozen=True)
class Expected:
    """An entry of the answer."""

    tag: str
    start: Moment
    end: Moment
    flag: str | None = None
    device: str = "desk"


@dataclass(frozen=True)
class Case:
    """A story, told in the order of arrival, and the entries that follow."""

    name: str
    story: tuple[Said, ...]
    entries: tuple[Expected, ...]
    modes: dict[str, Mode] = field(default_factory=lambda: {"desk": "dock"})
    owners: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=lambda: {A: "ann", B: "ann", C: "cleo"})
    time_zone: str = "UTC"
    elapsed: timedelta | None = None
    wall_time: timedelta | None = None


def at(clock: str, day: str = DAY) -> str:
    """Write a time of the day as a synchronized device would."""
    return f"{day}T{clock}Z"


def put(tag: str, clock: str, device: str = "desk", day: str = DAY) -> Said:
    return Said("tag_insert", tag, at(clock, day), device)


def take(tag: str, clock: str, device: str = "desk", day: str = DAY) -> Said:
    return Said("tag_removed", tag, at(clock, day), device)


def tap(clock: str, direction: Direction | None = None, tag: str = A, device: str = "gate") -> Said:
    return Said("tag_insert", tag, at(clock), device, direction)


def stay(
    tag: str, start: str, end: str, flag: str | None = None, device: str = "desk", day: str = DAY
) -> Expected:
    return Expected(tag, at(start, day), at(end, day), flag, device)


def shift(start: str, end: str, flag: str | None = None, tag: str = A) -> Expected:
    return stay(tag, start, end, flag, "gate")


def flicker(tag: str, begin: datetime, on: int, off: int, times: int) -> Iterable[Said]:
    """Tell of a tag that is read for some seconds and lost for some, again and again."""
    for turn in range(times):
        seen_at = begin + timedelta(seconds=turn * (on + off))
        yield Said("tag_insert", tag, seen_at.isoformat())
        yield Said("tag_removed", tag, (seen_at + timedelta(seconds=on)).isoformat())


def three_days_offline() -> tuple[Said, ...]:
    """Tell of 400 events over three days: stays, flickers, swaps, lost removals; oldest first."""
    story: list[Said] = []
    clock = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    turn = 0
    while len(story) < 400:
        tag = (A, B, C)[turn % 3]
        minutes = 3 + turn * 7 % 17
        story.append(Said("tag_insert", tag, clock.isoformat()))
        clock += timedelta(minutes=minutes)
        if turn % 11 != 5 and turn % 60 != 59:  # now and then a removal is lost
            story.append(Said("tag_removed", tag, clock.isoformat()))
        if turn % 5 == 2:  # and now and then the tag is only read badly
            clock += timedelta(seconds=4)
            story.append(Said("tag_insert", tag, clock.isoformat()))
            clock += timedelta(minutes=2)
            story.append(Said("tag_removed", tag, clock.isoformat()))
        clock += timedelta(minutes=1 + turn % 4)
        if turn % 60 == 59:
            clock += timedelta(hours=13)
        turn += 1
    return tuple(story[:400])


GATE: dict[str, Mode] = {"gate": "terminal"}
TWO_DESKS: dict[str, Mode] = {"desk": "dock", "bench": "dock"}


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


CASES = (
    Case(
        "an insert and a removal make an entry",
        (put(A, "08:00:00"), take(A, "09:30:00")),
        (stay(A, "08:00:00", "09:30:00"),),
        elapsed=hours(1.5),
    ),
    Case(
        "a lost removal is made up for by the next tag",
        (put(A, "08:00:00"), put(B, "09:00:00"), take(B, "10:00:00")),
        (stay(A, "08:00:00", "09:00:00", "removal_missed"), stay(B, "09:00:00", "10:00:00")),
        elapsed=hours(2),
    ),
    Case(
        "a removal that never comes costs the limit and not the night",
        (
            put(A, "08:00:00"),
            put(A, "08:00:00", day="2026-03-03"),
            take(A, "09:00:00", day="2026-03-03"),
        ),
        (
            stay(A, "08:00:00", "20:00:00", "auto_closed"),
            stay(A, "08:00:00", "09:00:00", day="2026-03-03"),
        ),
        elapsed=hours(13),
    ),
    Case(
        "a removal at the limit counts",
        (put(A, "08:00:00"), take(A, "20:00:00")),
        (stay(A, "08:00:00", "20:00:00"),),
        elapsed=hours(12),
    ),
    Case(
        "a removal after the limit does not",
        (put(A, "08:00:00"), take(A, "20:00:01")),
        (stay(A, "08:00:00", "20:00:00", "auto_closed"),),
        elapsed=hours(12),
    ),
    Case(
        "a duplicate insert changes nothing",
        (put(A, "08:00:00"), put(A, "08:00:00"), put(A, "08:05:00"), take(A, "09:00:00")),
        (stay(A, "08:00:00", "09:00:00"),),
        elapsed=hours(1),
    ),
    Case(
        "a duplicate removal changes nothing",
        (put(A, "08:00:00"), take(A, "09:00:00"), take(A, "09:00:00"), take(A, "09:00:07")),
        (stay(A, "08:00:00", "09:00:00"),),
        elapsed=hours(1),
    ),
    Case(
        "insert and removal both doubled change nothing",
        (
            put(A, "08:00:00"),
            put(A, "08:00:00"),
            put(A, "08:00:02"),
            take(A, "09:00:00"),
            take(A, "09:00:00"),
            take(A, "09:00:02"),
        ),
        (stay(A, "08:00:00", "09:00:00"),),
        elapsed=hours(1),
    ),
    Case(
        "a tag swapped without a removal closes the one that was in",
        (put(A, "08:00:00"), put(B, "08:20:00"), take(A, "08:20:01"), take(B, "09:00:00")),
        (stay(A, "08:00:00", "08:20:00", "removal_missed"), stay(B, "08:20:00", "09:00:00")),
        elapsed=hours(1),
    ),
    Case(
        "the same tag on two docks counts on both and once in wall time",
        (
            put(A, "08:00:00"),
            put(A, "08:30:00", "bench"),
            take(A, "09:00:00"),
            take(A, "09:30:00", "bench"),
        ),
        (stay(A, "08:00:00", "09:00:00"), stay(A, "08:30:00", "09:30:00", device="bench")),
        modes=TWO_DESKS,
        elapsed=hours(2),
        wall_time=hours(1.5),
    ),
    Case(
        "two tags on two docks in the same hour give twice 60 minutes and 60 of wall time",
        (
            put(A, "08:00:00"),
            put(B, "08:00:00", "bench"),
            take(A, "09:00:00"),
            take(B, "09:00:00", "bench"),
        ),
        (stay(B, "08:00:00", "09:00:00", device="bench"), stay(A, "08:00:00", "09:00:00")),
        modes=TWO_DESKS,
        elapsed=hours(2),
        wall_time=hours(1),
    ),
    Case(
        "ten minutes of flicker, 19 s on and 1 s off, are ten minutes",
        tuple(flicker(A, datetime(2026, 3, 2, 8, tzinfo=UTC), on=19, off=1, times=30)),
        (stay(A, "08:00:00", "08:09:59"),),
        elapsed=timedelta(seconds=599),
    ),
    Case(
        "a gap of exactly merge_gap_seconds is a flicker",
        (put(A, "08:00:00"), take(A, "08:30:00"), put(A, "08:30:10"), take(A, "09:00:00")),
        (stay(A, "08:00:00", "09:00:00"),),
        elapsed=hours(1),
    ),
    Case(
        "a gap longer than merge_gap_seconds is a departure",
        (put(A, "08:00:00"), take(A, "08:30:00"), put(A, "08:30:11"), take(A, "09:00:11")),
        (stay(A, "08:00:00", "08:30:00"), stay(A, "08:30:11", "09:00:11")),
        elapsed=hours(1),
    ),
    Case(
        "a flicker across another tag's stay is none",
        (
            put(A, "08:00:00"),
            take(A, "08:30:00"),
            put(B, "08:30:02"),
            take(B, "08:30:04"),
            put(A, "08:30:06"),
            take(A, "09:00:00"),
        ),
        (
            stay(A, "08:00:00", "08:30:00"),
            stay(B, "08:30:02", "08:30:04"),
            stay(A, "08:30:06", "09:00:00"),
        ),
    ),
    Case(
        "a removal closes before an insert of the same moment opens",
        (put(A, "08:00:00"), put(B, "09:00:00"), take(A, "09:00:00"), take(B, "10:00:00")),
        (stay(A, "08:00:00", "09:00:00"), stay(B, "09:00:00", "10:00:00")),
        elapsed=hours(2),
    ),
    Case(
        "insert and removal at one moment in an empty slot leave no entry",
        (take(A, "08:00:00"), put(A, "08:00:00")),
        (),
        elapsed=hours(0),
    ),
    Case(
        "removals without a stay change nothing",
        (take(A, "08:00:00"), put(A, "08:10:00"), take(B, "08:20:00"), take(A, "09:10:00")),
        (stay(A, "08:10:00", "09:10:00"),),
        elapsed=hours(1),
    ),
    Case(
        "a stay across midnight is one entry",
        (put(A, "22:00:00"), take(A, "02:00:00", day="2026-03-03")),
        (Expected(A, at("22:00:00"), at("02:00:00", "2026-03-03")),),
        elapsed=hours(4),
    ),
    Case(
        "the Vienna night of 28 March 2026 from 22:00 to 06:00 has 7 hours",
        (
            Said("tag_insert", A, "2026-03-28T22:00:00+01:00"),
            Said("tag_removed", A, "2026-03-29T06:00:00+02:00"),
        ),
        (Expected(A, "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),),
        time_zone=VIENNA,
        elapsed=hours(7),
    ),
    Case(
        "the Vienna night of 24 October 2026 from 22:00 to 06:00 has 9 hours",
        (
            Said("tag_insert", A, "2026-10-24T22:00:00+02:00"),
            Said("tag_removed", A, "2026-10-25T06:00:00+01:00"),
        ),
        (Expected(A, "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),),
        time_zone=VIENNA,
        elapsed=hours(9),
    ),
    Case(
        "a device that writes local time has 7 hours in the March night",
        (
            Said("tag_insert", A, "2026-03-28T22:00:00"),
            Said("tag_removed", A, "2026-03-29T06:00:00"),
        ),
        (Expected(A, "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),),
        time_zone=VIENNA,
        elapsed=hours(7),
    ),
    Case(
        "a device that writes local time has 9 hours in the October night",
        (
            Said("tag_insert", A, "2026-10-24T22:00:00"),
            Said("tag_removed", A, "2026-10-25T06:00:00"),
        ),
        (Expected(A, "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),),
        time_zone=VIENNA,
        elapsed=hours(9),
    ),
    Case(
        "a clock in 1970 makes no entry of 55 years",
        (
            Said("tag_insert", A, "1970-01-01T00:00:07Z"),
            Said("tag_removed", A, "1970-01-01T00:00:42Z"),
        ),
        (Expected(A, Received(0), Received(1)),),
    ),
    Case(
        "a clock in 2099 makes no entry of 70 years",
        (Said("tag_insert", A, "2099-01-01T08:00:00Z"), Said("tag_removed", A, "2099-01-01T17:00:00Z")),
        (Expected(A, Received(0), Received(1)),),
    ),
    Case(
        "a stay that only its removal dates to 2099 ends at the limit",
        (put(A, "08:00:00"), Said("tag_removed", A, "2099-01-01T17:00:00Z")),
        (stay(A, "08:00:00", "20:00:00", "auto_closed"),),
    ),
    Case(
        "taps at 8:00:00, 8:00:03 and 17:00 on a terminal are 9 hours",
        (tap("08:00:00"), tap("08:00:03"), tap("17:00:00")),
        (shift("08:00:00", "17:00:00"),),
        modes=GATE,
        elapsed=hours(9),
    ),
    Case(
        "four taps are in, out, in and out",
        (tap("08:00:00"), tap("12:00:00"), tap("12:30:00"), tap("17:00:00")),
        (shift("08:00:00", "12:00:00"), shift("12:30:00", "17:00:00")),
        modes=GATE,
        elapsed=hours(8.5),
    ),
    Case(
        "OUT before IN is an anomaly and no entry",
        (tap("07:00:00", "out"), tap("08:00:00", "in"), tap("17:00:00", "out")),
        (shift("08:00:00", "17:00:00"),),
        modes=GATE,
        elapsed=hours(9),
    ),
    Case(
        "OUT arriving before the IN that precedes it is an ordinary day",
        (tap("17:00:00", "out"), tap("08:00:00", "in")),
        (shift("08:00:00", "17:00:00"),),
        modes=GATE,
        elapsed=hours(9),
    ),
    Case(
        "IN while in changes nothing",
        (tap("08:00:00", "in"), tap("09:00:00", "in"), tap("17:00:00", "out")),
        (shift("08:00:00", "17:00:00"),),
        modes=GATE,
        elapsed=hours(9),
    ),
    Case(
        "OUT half a minute after IN is no bounce",
        (tap("08:00:00", "in"), tap("08:00:30", "out"), tap("08:00:40", "out")),
        (shift("08:00:00", "08:00:30"),),
        modes=GATE,
    ),
    Case(
        "removals mean nothing at a terminal",
        (tap("08:00:00"), take(A, "08:00:01", "gate"), take(A, "12:00:00", "gate"), tap("17:00:00")),
        (shift("08:00:00", "17:00:00"),),
        modes=GATE,
        elapsed=hours(9),
    ),
    Case(
        "a person comes at one terminal and leaves at another with another tag",
        (tap("08:00:00"), tap("17:00:00", tag=B, device="yard")),
        (shift("08:00:00", "17:00:00"),),
        modes={"gate": "terminal", "yard": "terminal"},
        elapsed=hours(9),
    ),
    Case(
        "tags of nobody do not mix at a terminal",
        (tap("08:00:00", tag=B), tap("09:00:00", tag=C), tap("10:00:00", tag=B), tap("12:00:00", tag=C)),
        (shift("08:00:00", "10:00:00", tag=B), shift("09:00:00", "12:00:00", tag=C)),
        modes=GATE,
        people={},
        elapsed=hours(5),
    ),
    Case(
        "a tag of nobody on a dock counts for the dock's owner",
        (put(C, "08:00:00"), take(C, "09:00:00")),
        (stay(C, "08:00:00", "09:00:00"),),
        people={},
        owners={"desk": "olga"},
        elapsed=hours(1),
    ),
)


def inputs_of(case: Case) -> Inputs:
    """Say what is in force throughout the case."""
    return Inputs(
        settings=tuple(
            Settings(EPOCH, device, mode=mode, owner=case.owners.get(device))
            for device, mode in case.modes.items()
        ),
        assignments=tuple(Assignment(tag, EPOCH, person=person) for tag, person in case.people.items()),
    )


def instant(text: str, zone: str) -> datetime:
    """Read a time as a device wrote it."""
    parsed = datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
