"""What must hold of time entries, said event by event and entry by entry, whatever makes them.

This knows nothing of slots, order or state: it looks at each entry and asks for its reasons, and at each
event and asks for its effect. It says less than the reference, and shares no line of reasoning with it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from tests.pairing.reference import Entry, Event, Inputs


def broken_laws(
    entries: Iterable[Entry], events: Iterable[Event], inputs: Inputs, now: datetime | None = None
) -> list[str]:
    """List what is wrong with these entries; now is when they were swept, if they were."""
    entries, events = list(entries), list(set(events))
    return [
        *_of_each_entry(entries, events, inputs, now),
        *_of_streams(entries, inputs),
        *_of_each_dock_event(entries, events, inputs),
        *_of_each_tap(entries, events, inputs),
    ]


def _of_each_entry(
    entries: list[Entry], events: list[Event], inputs: Inputs, now: datetime | None
) -> Iterator[str]:
    for entry in entries:
        limit = _limit(entry, inputs)
        own = [event for event in events if _is_of(event, entry, inputs)]
        if not any(e.at == entry.started_at and e.tag == entry.tag and _inserts(e) for e in own):
            yield f"nothing opened {entry}"
        if entry.ended_at is None:
            if now is not None and now > limit:
                yield f"the sweep overlooked {entry}"
            continue
        if not entry.started_at < entry.ended_at <= limit:
            yield f"an impossible length has {entry}"
        if entry.flags == ("auto_closed",):
            is_cause = entry.ended_at == limit
        elif entry.flags == ("removal_missed",):
            others = [e for e in own if _inserts(e) and e.tag != entry.tag]
            is_cause = entry.stream == "dock" and any(e.at == entry.ended_at for e in others)
        elif entry.stream == "dock":
            removals = [e for e in own if not _inserts(e) and e.tag == entry.tag]
            is_cause = entry.flags == () and any(e.at == entry.ended_at for e in removals)
        else:
            taps = [e for e in own if _inserts(e) and e.direction != "in"]
            is_cause = entry.flags == () and any(e.at == entry.ended_at for e in taps)
        if not is_cause:
            yield f"nothing ended {entry}"


def _of_streams(entries: list[Entry], inputs: Inputs) -> Iterator[str]:
    """Entries of one stream follow each other; the flickers between them have been merged."""
    for stream in {_stream_of(entry) for entry in entries}:
        own = sorted((e for e in entries if _stream_of(e) == stream), key=lambda e: e.started_at)
        for entry, following in pairwise(own):
            if entry.ended_at is None or entry.ended_at > following.started_at:
                yield f"{entry} overlaps {following}"
                continue
            gap = following.started_at - entry.ended_at
            is_flicker = gap <= inputs.merge_gap(entry.device, entry.started_at)
            is_within = following.started_at <= _limit(entry, inputs)
            if (
                stream[0] == "dock"
                and entry.tag == following.tag
                and not entry.flags
                and is_flicker
                and is_within
            ):
                yield f"a flicker parts {entry} from {following}"


def _of_each_dock_event(entries: list[Entry], events: list[Event], inputs: Inputs) -> Iterator[str]:
    for event in events:
        if inputs.mode(event.device, event.at) != "dock" or _is_tied(event, events):
            continue
        here = [e for e in entries if e.stream == "dock" and e.device == event.device]
        inside = [e for e in here if _covers_after(e, event.at)]
        if _inserts(event):
            is_held = any(e.tag == event.tag for e in inside)
            is_at_limit = any(
                e.tag == event.tag and e.ended_at == event.at == _limit(e, inputs) for e in here
            )
            if not is_held and not is_at_limit:
                yield f"no effect had {event}"
        elif any(e.tag == event.tag and not _returns(e, event, events, inputs) for e in inside):
            yield f"no effect had {event}"


def _of_each_tap(entries: list[Entry], events: list[Event], inputs: Inputs) -> Iterator[str]:
    taps = [e for e in events if _inserts(e) and inputs.mode(e.device, e.at) == "terminal"]
    for tap in taps:
        stream = _tap_stream(tap, inputs)
        fellows = [e for e in taps if e != tap and _tap_stream(e, inputs) == stream]
        if any(fellow.at == tap.at for fellow in fellows):
            continue
        own = [e for e in entries if e.stream == "terminal" and _stream_of(e)[1] == stream]
        is_in = any(_covers_after(e, tap.at) for e in own)
        is_at_limit = any(e.flags and e.ended_at == tap.at for e in own)
        is_boundary = any(tap.at == e.started_at or (not e.flags and tap.at == e.ended_at) for e in own)
        recent = inputs.debounce(tap.device, tap.at)
        bounces = any(timedelta() < tap.at - fellow.at <= recent for fellow in fellows)
        if tap.direction == "in" and not is_in and not is_at_limit:
            yield f"no effect had {tap}"
        if tap.direction == "out" and is_in:
            yield f"no effect had {tap}"
        if tap.direction is None and not is_boundary and not bounces:
            yield f"no effect had {tap}"


def _inserts(event: Event) -> bool:
    return event.event_type == "tag_insert"


def _limit(entry: Entry, inputs: Inputs) -> datetime:
    return entry.started_at + inputs.max_entry(entry.device, entry.started_at)


def _covers_after(entry: Entry, at: datetime) -> bool:
    return entry.started_at <= at and (entry.ended_at is None or entry.ended_at > at)


def _stream_of(entry: Entry) -> tuple[str, str]:
    if entry.stream == "dock":
        return "dock", entry.device
    return "terminal", f"tag {entry.tag}" if entry.person is None else f"person {entry.person}"


def _tap_stream(tap: Event, inputs: Inputs) -> str:
    person = inputs.assignment_of(tap.tag, tap.at).person
    return f"tag {tap.tag}" if person is None else f"person {person}"


def _is_of(event: Event, entry: Entry, inputs: Inputs) -> bool:
    """Tell whether the event is in the entry's stream."""
    if inputs.mode(event.device, event.at) != entry.stream:
        return False
    if entry.stream == "dock":
        return event.device == entry.device
    return _tap_stream(event, inputs) == _stream_of(entry)[1]


def _is_tied(event: Event, events: list[Event]) -> bool:
    return any(
        e.device == event.device
        and e.at == event.at
        and (e.tag, e.event_type) != (event.tag, event.event_type)
        for e in events
    )


def _returns(entry: Entry, removal: Event, events: list[Event], inputs: Inputs) -> bool:
    """Tell whether the tag came back soon enough for its entry to go on."""
    latest = removal.at + inputs.merge_gap(entry.device, entry.started_at)
    return any(
        e.device == removal.device and e.tag == removal.tag and _inserts(e) and removal.at < e.at <= latest
        for e in events
    )
