"""Corrections over what the taps say, as plainly as Python can say it.

What people see is a function of the events, of what was in force, and of the acts of people, each at its
time. The database does this incrementally; this does it from scratch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.pairing.reference import (
    Entry,
    Event,
    Inputs,
    Stop,
    pair,
    terminal_stream,
)

WEEK = timedelta(hours=168)


@dataclass(frozen=True)
class Part:
    """What was said of an entry, or of one side of a split; set_at is when its end was first said."""

    said: dict[str, object] = field(default_factory=dict)
    end_set_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def stopped_at(self) -> datetime | None:
        return min((at for at in (self.end_set_at, self.deleted_at) if at), default=None)


@dataclass(frozen=True)
class Correction:
    """All acts on one entry: its anchor is the tap that had opened it, saw_until its end as people saw it."""

    device: str
    tag: str
    anchor: datetime
    saw_until: datetime | None
    parts: tuple[Part, ...] = (Part(),)

    @property
    def key(self) -> tuple[datetime, str, str]:
        return self.anchor, self.tag, self.device

    @property
    def replaces(self) -> bool:
        """Whether it says when somebody was in: then it stands for all entries of the time that it saw."""
        return any(part.deleted_at or {"started_at", "ended_at"} & part.said.keys() for part in self.parts)

    @property
    def is_empty(self) -> bool:
        return self.parts == (Part(),)

    def stop(self) -> Stop | None:
        """Return when people had ended all of it."""
        times = [part.stopped_at for part in self.parts]
        if any(at is None for at in times):
            return None
        return Stop(self.device, self.tag, self.anchor, max(at for at in times if at))


@dataclass(frozen=True)
class Shown:
    """An entry that people see, and its origin: a correction and the number of its part, or the taps."""

    entry: Entry
    correction: Correction | None = None
    part: int = 0

    @property
    def is_deleted(self) -> bool:
        return self.correction is not None and self.correction.parts[self.part].deleted_at is not None


def stops_of(corrections: Iterable[Correction]) -> list[Stop]:
    return [stop for correction in corrections if (stop := correction.stop())]


def show(
    events: Iterable[Event], inputs: Inputs, corrections: Iterable[Correction], now: datetime
) -> list[Shown]:
    """Everything that people see, and what they deleted."""
    corrections = list(corrections)
    paired = pair(events, inputs, now, stops_of(corrections)).entries
    taken: set[Entry] = set()
    shown: list[Shown] = []
    for correction in sorted(corrections, key=lambda c: c.key):
        meant = [entry for entry in paired if entry not in taken and _is_meant(entry, correction, inputs)]
        meant.sort(key=lambda entry: entry.started_at)
        base = meant[0] if meant else None
        taken.update(meant if correction.replaces else meant[:1])
        for number, part in enumerate(correction.parts):
            is_contradicted = base is None or (correction.replaces and len(meant) > 1)
            entry = _over(correction, part, base, inputs, now)
            if is_contradicted or _contradicts(correction, part, base, entry):
                entry = replace(entry, flags=tuple(sorted({*entry.flags, "contradicted"})))
            shown.append(Shown(entry, correction, number))
    shown += [Shown(entry) for entry in paired if entry not in taken]
    return sorted(shown, key=lambda s: order(s.entry))


def order(entry: Entry) -> tuple[object, ...]:
    """Return what entries are sorted and told apart by."""
    ended_at = entry.ended_at or entry.started_at + 2 * WEEK
    return (
        entry.started_at,
        ended_at,
        entry.stream,
        entry.device,
        entry.tag,
        entry.person or "",
        entry.project or "",
    )


def correct(shown: Shown, kind: str, now: datetime) -> tuple[Correction | None, dict[str, object]] | None:
    """The correction as it is after one more act, and what the act says; None where it is impossible."""
    entry = shown.entry
    before = shown.correction or Correction(entry.device, entry.tag, entry.started_at, entry.ended_at)
    part = before.parts[shown.part]
    end = entry.ended_at or now
    middle = entry.started_at + (end - entry.started_at) / 2
    if shown.is_deleted and kind != "restore":
        return None
    said: dict[str, object] = {}
    match kind:
        case "restore" if shown.is_deleted:
            return _with(before, shown.part, replace(part, deleted_at=None)), said
        case "restore" if shown.correction is not None:
            return None, said
        case "delete":
            return _with(before, shown.part, replace(part, deleted_at=now)), said
        case "undo end" if "ended_at" in part.said:
            rest = {name: value for name, value in part.said.items() if name != "ended_at"}
            return _with(before, shown.part, replace(part, said=rest, end_set_at=None)), {"ended_at": None}
        case "split" if entry.started_at < middle < end:
            first = _ended(part, middle, now)
            second = replace(part, said=part.said | {"started_at": middle, "project": "blue"})
            parts = (*before.parts[: shown.part], first, *before.parts[shown.part + 1 :], second)
            return replace(before, parts=parts), {"split_at": middle}
        case "stop" if entry.ended_at is None and entry.started_at < now:
            said = {"ended_at": now}
        case "shorten" if entry.started_at < middle <= now:
            said = {"ended_at": middle}
        case "prolong" if entry.ended_at and entry.started_at < entry.ended_at <= now - timedelta(minutes=5):
            said = {"ended_at": entry.ended_at + timedelta(minutes=5)}
        case "start later" if entry.started_at < middle < end:
            said = {"started_at": middle}
        case "assign":
            said = {"person": "bob"}
        case "recolour":
            said = {"project": "blue"}
        case _:
            return None
    if isinstance(ended_at := said.get("ended_at"), datetime):
        part = _ended(part, ended_at, now)
    part = replace(part, said={**part.said, **said})
    return _with(before, shown.part, part), said


def _ended(part: Part, ended_at: datetime, now: datetime) -> Part:
    """An end that is said again stays a stop of its first time, unless it is later than that stop."""
    is_new = part.end_set_at is None or ended_at > part.end_set_at
    return replace(
        part, said=part.said | {"ended_at": ended_at}, end_set_at=now if is_new else part.end_set_at
    )


def _with(before: Correction, number: int, part: Part) -> Correction | None:
    """A correction of which nothing is left never was."""
    parts = (*before.parts[:number], part, *before.parts[number + 1 :])
    after = replace(before, parts=parts)
    return None if after.is_empty else after


def _end(entry: Entry, inputs: Inputs) -> datetime:
    return entry.ended_at or entry.started_at + inputs.max_entry(entry.device, entry.started_at)


def _is_meant(entry: Entry, correction: Correction, inputs: Inputs) -> bool:
    """Tell whether the entry spans the tap that the correction began with, or lies in the time it saw."""
    if _stream_of_entry(entry, inputs) != _stream_of(correction, inputs):
        return False
    if entry.stream == "dock" and entry.tag != correction.tag:
        return False
    saw_until = correction.saw_until or correction.anchor + timedelta(microseconds=1)
    return entry.started_at < saw_until and _end(entry, inputs) > correction.anchor


def _stream_of_entry(entry: Entry, inputs: Inputs) -> tuple[str, ...]:
    if entry.stream == "dock":
        return ("dock", entry.device)
    return terminal_stream(entry.tag, entry.started_at, inputs)


def _stream_of(correction: Correction, inputs: Inputs) -> tuple[str, ...]:
    if inputs.mode(correction.device, correction.anchor) == "dock":
        return ("dock", correction.device)
    return terminal_stream(correction.tag, correction.anchor, inputs)


def _over(correction: Correction, part: Part, base: Entry | None, inputs: Inputs, now: datetime) -> Entry:
    """What people said stays, the rest follows the taps; without taps, what was in force at the anchor."""
    device, tag, anchor = correction.device, correction.tag, correction.anchor
    stream = inputs.mode(device, anchor)
    assert stream is not None
    if base is None:
        limit = anchor + inputs.max_entry(device, anchor)
        is_forgotten = correction.saw_until is None and limit < now
        base = Entry(
            stream,
            device,
            tag,
            inputs.person_of(device, tag, anchor),
            inputs.assignment_of(tag, anchor).project,
            anchor,
            limit if is_forgotten else correction.saw_until,
            ("auto_closed",) if is_forgotten else (),
        )
    started_at, ended_at, flags = base.started_at, base.ended_at, base.flags
    if "started_at" in part.said:
        started_at = _time(part.said["started_at"])
    if "ended_at" in part.said:
        ended_at = _time(part.said["ended_at"])
        started_at = min(max(started_at, ended_at - WEEK), ended_at)
        flags = ()
    elif ended_at is not None:
        ended_at = min(max(ended_at, started_at), started_at + WEEK)
    return Entry(
        stream,
        device,
        tag,
        _name(part.said.get("person", base.person)),
        _name(part.said.get("project", base.project)),
        started_at,
        ended_at,
        flags,
    )


def _contradicts(correction: Correction, part: Part, base: Entry | None, shown: Entry) -> bool:
    assert base is not None
    if "started_at" in part.said and base.started_at != correction.anchor:
        return True
    if "ended_at" not in part.said:
        return False
    if correction.saw_until is not None:
        return base.ended_at != correction.saw_until
    assert shown.ended_at is not None
    assert part.end_set_at is not None
    left_before = base.ended_at is not None and base.ended_at < min(shown.ended_at, part.end_set_at)
    return left_before and "auto_closed" not in base.flags


def _time(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value


def _name(value: object) -> str | None:
    assert value is None or isinstance(value, str)
    return value
