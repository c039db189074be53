"""How events become time entries, as plainly as Python can say it.

The database does this incrementally and fast; this does it from scratch and obviously. Every rule stands in
exactly one place here, so a difference between the two is a question about one rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Literal

EventType = Literal["tag_insert", "tag_removed"]
Direction = Literal["in", "out"]
Mode = Literal["dock", "terminal"]

DEFAULT_MODE: Mode = "dock"
DEFAULT_MERGE_GAP_SECONDS = 10
DEFAULT_DEBOUNCE_SECONDS = 60
DEFAULT_MAX_ENTRY_HOURS = 12

FIRST_PLAUSIBLE_TIME = datetime(2020, 1, 1, tzinfo=UTC)
AHEAD_TOLERANCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Event:
    """What a device reported, at the time that counts."""

    device: str
    event_type: EventType
    tag: str
    at: datetime
    direction: Direction | None = None


@dataclass(frozen=True)
class Settings:
    """Pairing settings of a device, or of the organization (device None).

    A number that is None inherits. A device's row says its mode (None: nothing pairs) and its owner.
    """

    valid_from: datetime
    device: str | None = None
    mode: Mode | None = None
    owner: str | None = None
    merge_gap_seconds: int | None = None
    debounce_seconds: int | None = None
    max_entry_hours: int | None = None


@dataclass(frozen=True)
class Assignment:
    """What a tag means from valid_from on."""

    tag: str
    valid_from: datetime
    person: str | None = None
    project: str | None = None


@dataclass(frozen=True)
class Archive:
    """From at on, this tag or this person opens no entry."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Stop:
    """Somebody ended or deleted by hand, at made_at, what this tap had opened at a terminal."""

    device: str
    tag: str
    anchor: datetime
    made_at: datetime

    @property
    def at(self) -> datetime:
        """When pairing takes it to have happened: after its tap, though a clock may be ahead."""
        return max(self.made_at, self.anchor + timedelta(microseconds=1))


@dataclass(frozen=True)
class Entry:
    """A time entry; ended_at None is one that is running."""

    stream: Mode
    device: str
    tag: str
    person: str | None
    project: str | None
    started_at: datetime
    ended_at: datetime | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anomaly:
    """An event that contradicts its stream's state and changed nothing."""

    device: str
    event_type: EventType
    tag: str
    at: datetime
    direction: Direction | None = None


@dataclass(frozen=True)
class Pairing:
    """Everything that follows from the events."""

    entries: tuple[Entry, ...]
    anomalies: frozenset[Anomaly]


@dataclass(frozen=True)
class Inputs:
    """What besides the events decides, each with the time from which it holds."""

    settings: tuple[Settings, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    archives: tuple[Archive, ...] = ()

    def settings_of(self, device: str | None, at: datetime) -> Settings:
        """Return the newest settings of exactly this device (or the organization) in force."""
        in_force = [row for row in self.settings if row.device == device and row.valid_from <= at]
        return max(in_force, key=lambda row: row.valid_from, default=Settings(at, device, DEFAULT_MODE))

    def mode(self, device: str, at: datetime) -> Mode | None:
        return self.settings_of(device, at).mode

    def owner(self, device: str, at: datetime) -> str | None:
        return self.settings_of(device, at).owner

    def merge_gap(self, device: str, at: datetime) -> timedelta:
        own, common = self.settings_of(device, at), self.settings_of(None, at)
        return timedelta(
            seconds=_first(own.merge_gap_seconds, common.merge_gap_seconds, DEFAULT_MERGE_GAP_SECONDS)
        )

    def debounce(self, device: str, at: datetime) -> timedelta:
        own, common = self.settings_of(device, at), self.settings_of(None, at)
        return timedelta(
            seconds=_first(own.debounce_seconds, common.debounce_seconds, DEFAULT_DEBOUNCE_SECONDS)
        )

    def max_entry(self, device: str, at: datetime) -> timedelta:
        own, common = self.settings_of(device, at), self.settings_of(None, at)
        return timedelta(hours=_first(own.max_entry_hours, common.max_entry_hours, DEFAULT_MAX_ENTRY_HOURS))

    def assignment_of(self, tag: str, at: datetime) -> Assignment:
        in_force = [row for row in self.assignments if row.tag == tag and row.valid_from <= at]
        return max(in_force, key=lambda row: row.valid_from, default=Assignment(tag, at))

    def person_of(self, device: str, tag: str, at: datetime) -> str | None:
        """Return whose the tag is at this device; what is nobody's in a dock is the owner's."""
        person = self.assignment_of(tag, at).person
        return self.owner(device, at) if person is None and self.mode(device, at) == "dock" else person

    def is_archived(self, device: str, tag: str, at: datetime) -> bool:
        """Tell whether a tap here and now opens nothing."""
        names = (tag, self.person_of(device, tag, at))
        return any(archive.name in names and archive.at <= at for archive in self.archives)


def pair(
    events: Iterable[Event],
    inputs: Inputs | None = None,
    now: datetime | None = None,
    stops: Iterable[Stop] = (),
) -> Pairing:
    """Pair the events; with now, also end what is open for longer than allowed (the sweep)."""
    inputs = inputs or Inputs()
    stops = tuple(stops)
    docks: dict[str, set[Event]] = defaultdict(set)
    terminals: dict[tuple[str, str], set[Event]] = defaultdict(set)
    for event in events:
        mode = inputs.mode(event.device, event.at)
        if mode == "dock":
            docks[event.device].add(event)
        elif mode == "terminal":
            terminals[terminal_stream(event.tag, event.at, inputs)].add(event)
    streams = [_pair_dock(device, own, inputs) for device, own in docks.items()]
    for key, own in terminals.items():
        streams.append(_pair_terminal(own, inputs, _stops_of(key, stops, inputs)))
    for stream in streams:
        if now is not None:
            stream.forget(now)
    return Pairing(
        entries=tuple(sorted((entry for s in streams for entry in s.entries()), key=_by_start)),
        anomalies=frozenset(anomaly for s in streams for anomaly in s.anomalies),
    )


@dataclass
class _Draft:
    """An entry in the making."""

    device: str
    tag: str
    started_at: datetime
    ended_at: datetime | None = None
    flag: str | None = None


@dataclass
class _Stream:
    """The entries of one stream, oldest first; only the last can be open."""

    kind: Mode
    inputs: Inputs
    drafts: list[_Draft] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)

    @property
    def last(self) -> _Draft | None:
        return self.drafts[-1] if self.drafts else None

    @property
    def running(self) -> _Draft | None:
        return self.last if self.last is not None and self.last.ended_at is None else None

    def open(self, device: str, tag: str, at: datetime) -> None:
        self.drafts.append(_Draft(device, tag, at))

    def close(self, at: datetime, flag: str | None = None) -> None:
        """End the running entry; one of no length never was."""
        running = self.running
        assert running is not None, "nothing is open"
        if at == running.started_at:
            self.drafts.pop()
        else:
            running.ended_at, running.flag = at, flag

    def forget(self, at: datetime) -> None:
        """End the running entry at its limit when it is open for longer than that."""
        if self.running is not None and at > self.limit(self.running):
            self.close(self.limit(self.running), "auto_closed")

    def stop(self, stops: Iterable[Stop], until: datetime | None = None) -> None:
        """End the running entry where somebody had ended it by hand, if it was still open then."""
        running = self.running
        if running is None:
            return
        latest = min(self.limit(running), until or self.limit(running))
        times = [stop.at for stop in stops if stop.anchor >= running.started_at and stop.at <= latest]
        if times:
            self.close(min(times))

    def limit(self, draft: _Draft) -> datetime:
        return draft.started_at + self.inputs.max_entry(draft.device, draft.started_at)

    def entries(self) -> Iterator[Entry]:
        for draft in self.drafts:
            yield Entry(
                stream=self.kind,
                device=draft.device,
                tag=draft.tag,
                person=self.inputs.person_of(draft.device, draft.tag, draft.started_at),
                project=self.inputs.assignment_of(draft.tag, draft.started_at).project,
                started_at=draft.started_at,
                ended_at=draft.ended_at,
                flags=(draft.flag,) if draft.flag else (),
            )


def _pair_dock(device: str, events: set[Event], inputs: Inputs) -> _Stream:
    stream = _Stream("dock", inputs)
    for at, tied in _by_time(events):
        stream.forget(at)
        held = stream.running.tag if stream.running else None
        for event_type, tag in _dock_order(tied, held):
            if event_type == "tag_insert":
                _dock_insert(stream, device, tag, at)
            elif stream.running and stream.running.tag == tag:
                stream.close(at)
            else:
                stream.anomalies.append(Anomaly(device, "tag_removed", tag, at))
    return stream


def _dock_order(tied: list[Event], held: str | None) -> list[tuple[EventType, str]]:
    """Order what happened at one instant by what is in the slot."""
    inserted = {event.tag for event in tied if event.event_type == "tag_insert"}
    removed = {event.tag for event in tied if event.event_type == "tag_removed"}
    steps: list[tuple[EventType, str]] = []
    if held is not None and held in removed:
        steps.append(("tag_removed", held))  # and if it was inserted, too, it comes back below
        removed.discard(held)
    else:
        inserted -= {held}  # it is in
    passing = inserted & removed
    for tag in sorted(passing):
        steps += [("tag_insert", tag), ("tag_removed", tag)]
    steps += [("tag_insert", tag) for tag in sorted(inserted - passing)]
    steps += [("tag_removed", tag) for tag in sorted(removed - passing)]
    return steps


def _dock_insert(stream: _Stream, device: str, tag: str, at: datetime) -> None:
    if stream.running and stream.running.tag == tag:
        return
    if stream.running:
        stream.close(at, "removal_missed")
    if stream.inputs.is_archived(device, tag, at):
        return
    if stream.last and _resumes(stream, stream.last, tag, at):
        stream.last.ended_at = None
    else:
        stream.open(device, tag, at)


def _resumes(stream: _Stream, last: _Draft, tag: str, at: datetime) -> bool:
    """Tell whether the tag's insert continues its last entry: a flicker, not a departure."""
    assert last.ended_at is not None
    ended_by_removal = last.flag is None
    merge_gap = stream.inputs.merge_gap(last.device, last.started_at)
    return (
        last.tag == tag and ended_by_removal and at - last.ended_at <= merge_gap and at <= stream.limit(last)
    )


def terminal_stream(tag: str, at: datetime, inputs: Inputs) -> tuple[str, str]:
    """Return the sequence that a tap of this tag at a terminal belongs to."""
    person = inputs.assignment_of(tag, at).person
    return ("tag", tag) if person is None else ("person", person)


def _stops_of(key: tuple[str, str], stops: Iterable[Stop], inputs: Inputs) -> list[Stop]:
    return [
        stop
        for stop in stops
        if inputs.mode(stop.device, stop.anchor) == "terminal"
        and terminal_stream(stop.tag, stop.anchor, inputs) == key
    ]


def _pair_terminal(events: set[Event], inputs: Inputs, stops: list[Stop]) -> _Stream:
    stream = _Stream("terminal", inputs)
    for at, tied in _by_time(event for event in events if event.event_type == "tag_insert"):
        stream.stop(stops, at)
        stream.forget(at)
        for tap in _terminal_order(tied, is_open=stream.running is not None):
            counted_at = _counted_at(stream)
            bounces = counted_at is not None and at - counted_at <= inputs.debounce(tap.device, at)
            if tap.direction is None and bounces:
                continue
            if tap.direction == "in" and stream.running:
                continue
            if tap.direction == "out" and not stream.running:
                if not bounces and not any(other.direction == "in" for other in tied):
                    stream.anomalies.append(Anomaly(tap.device, "tag_insert", tap.tag, at, "out"))
                continue
            if stream.running:
                stream.close(at)
            elif not inputs.is_archived(tap.device, tap.tag, at):
                stream.open(tap.device, tap.tag, at)
    stream.stop(stops)
    return stream


def _counted_at(stream: _Stream) -> datetime | None:
    """Return when the last tap counted: it opened the last entry, or closed it."""
    if stream.last is None:
        return None
    is_tapped_out = stream.last.ended_at is not None and stream.last.flag is None
    return stream.last.ended_at if is_tapped_out else stream.last.started_at


def _terminal_order(tied: list[Event], is_open: bool) -> list[Event]:
    """Order the taps of one instant by whether the person is in."""
    rank: dict[Direction | None, int] = (
        {"out": 0, "in": 1, None: 2} if is_open else {"in": 0, "out": 1, None: 2}
    )
    return sorted(tied, key=lambda tap: (rank[tap.direction], tap.tag, tap.device))


def time_that_counts(
    device_time: datetime | None, received_at: datetime, zone: tzinfo = UTC
) -> tuple[datetime, str]:
    """Return occurred_at and its quality; a naive device_time is read in the zone."""
    if device_time is None:
        return received_at, "unsynced"
    is_aware = device_time.tzinfo is not None
    instant = device_time if is_aware else device_time.replace(tzinfo=zone)
    instant = instant.astimezone(UTC)
    if instant < FIRST_PLAUSIBLE_TIME:
        return received_at, "unsynced"
    if instant > received_at + AHEAD_TOLERANCE:
        return received_at, "ahead"
    return instant, "synced" if is_aware else "local"


def elapsed(entries: Iterable[Entry]) -> timedelta:
    """Sum the durations of entries that have ended."""
    return sum((e.ended_at - e.started_at for e in entries if e.ended_at), timedelta())


def wall_time(entries: Iterable[Entry]) -> timedelta:
    """Sum the time covered by entries that have ended, overlaps once."""
    total = timedelta()
    covered_until: datetime | None = None
    for entry in sorted(entries, key=_by_start):
        if entry.ended_at is None:
            continue
        begin = entry.started_at if covered_until is None else max(entry.started_at, covered_until)
        total += max(entry.ended_at - begin, timedelta())
        covered_until = entry.ended_at if covered_until is None else max(covered_until, entry.ended_at)
    return total


def _by_time(events: Iterable[Event]) -> Iterator[tuple[datetime, list[Event]]]:
    def at(event: Event) -> datetime:
        return event.at

    for instant, tied in groupby(sorted(events, key=at), key=at):
        yield instant, list(tied)


def _by_start(entry: Entry) -> tuple[datetime, str, str, str]:
    return entry.started_at, entry.stream, entry.device, entry.tag


def _first(*values: int | None) -> int:
    return next(value for value in values if value is not None)
