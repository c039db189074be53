"""Random histories of devices, and random ways in which they arrive."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from tests.pairing.reference import Assignment, Direction, Event, Inputs, Settings

EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
BEGIN = datetime(2025, 3, 3, 7, 0, tzinfo=UTC)

DOCKS = ("dock-1", "dock-2")
TERMINALS = ("gate-1", "gate-2")
DEVICES = DOCKS + TERMINALS
TAGS = ("AA000001", "BB000002", "CC000003")
PEOPLE = ("ann", "bob")
PROJECTS = ("red", "blue")

FIRST_SETTINGS = (
    *(Settings(EPOCH, device, mode="dock") for device in DOCKS),
    *(Settings(EPOCH, device, mode="terminal") for device in TERMINALS),
)

# Around the defaults of every rule: merge gap 10 s, debounce 60 s, limit 12 h.
WAITS = (0, 0.001, 1, 5, 10, 10.001, 11, 30, 60, 61, 90, 600, 3600, 7200, 11 * 3600, 12 * 3600, 12 * 3600 + 1)
DWELLS = (0, 1, 5, 19, 60, 600, 3600, 12 * 3600, 12 * 3600 + 1, 100_000)
GAPS = (0, 1, 10, 11, 20, 60, 600)


@dataclass(frozen=True)
class History:
    """What happened, in order, and what was in force."""

    events: tuple[Event, ...]
    inputs: Inputs

    @property
    def ended_at(self) -> datetime:
        return max(event.at for event in self.events)

    def shifted(self, by: timedelta) -> "History":
        """Return the same at another time; what holds from the beginning still does."""

        def moved(at: datetime) -> datetime:
            return at if at == EPOCH else at + by

        return History(
            tuple(replace(event, at=moved(event.at)) for event in self.events),
            Inputs(
                tuple(replace(row, valid_from=moved(row.valid_from)) for row in self.inputs.settings),
                tuple(replace(row, valid_from=moved(row.valid_from)) for row in self.inputs.assignments),
            ),
        )

    def __str__(self) -> str:
        changes = [row for row in self.inputs.settings if row not in FIRST_SETTINGS]
        rows: list[object] = [*changes, *self.inputs.assignments, *self.events]
        return "\n".join(f"  {_shown(row)}" for row in rows)


def _shown(row: object) -> str:
    """Write an event, a settings or an assignment in one line, without what it leaves open."""
    values = (
        f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value
        for value in vars(row).values()
    )
    said = (
        f"{name} {value}" if isinstance(value, int) else str(value)
        for name, value in zip(vars(row), values, strict=True)
        if value is not None
    )
    return f"{type(row).__name__}: {', '.join(said)}"


@dataclass(frozen=True)
class Request:
    """One call of a device with its events; keys, if given, are idempotency keys."""

    device: str
    events: tuple[Event, ...]
    keys: tuple[str | None, ...]

    def __str__(self) -> str:
        said = (
            f"{event.at:%a %H:%M:%S.%f} {event.event_type} {event.tag} {event.direction or ''} {key or ''}"
            for event, key in zip(self.events, self.keys, strict=True)
        )
        return f"  {self.device}: {', '.join(said)}"


def happening(
    begin: datetime, device: str, tag: str, motif: str, dwell: float, gap: float
) -> Iterator[Event]:
    """Tell one small story about a tag at a device."""

    def event(kind: str, after: float, direction: Direction | None = None) -> Event:
        at = begin + timedelta(seconds=after)
        return Event(device, "tag_removed" if kind == "removal" else "tag_insert", tag, at, direction)

    match motif:
        case "insert" | "removal":
            yield event(motif, 0)
        case "in":
            yield event("insert", 0, "in")
        case "out":
            yield event("insert", 0, "out")
        case "stay":
            yield event("insert", 0)
            yield event("removal", dwell)
        case "taps":
            yield event("insert", 0)
            yield event("insert", dwell)
        case "shift":
            yield event("insert", 0, "in")
            yield event("insert", dwell, "out")
        case "doubled":
            yield event("insert", 0)
            yield event("insert", gap)
            yield event("removal", dwell)
            yield event("removal", dwell + gap)
        case "flicker":
            for turn in range(3):
                yield event("insert", turn * (dwell + gap))
                yield event("removal", turn * (dwell + gap) + dwell)


MOTIFS = ("stay", "insert", "removal", "flicker", "taps", "doubled", "in", "out", "shift")

# Few and flat draws, or drawing takes longer than pairing.
happenings = st.tuples(
    st.sampled_from(tuple(product(WAITS, DEVICES, TAGS))),
    st.sampled_from(tuple(product(MOTIFS, DWELLS, GAPS))),
)


@st.composite
def histories(draw: st.DrawFn, max_happenings: int = 9) -> History:
    events: list[Event] = []
    clock = BEGIN
    for (wait, device, tag), (motif, dwell, gap) in draw(
        st.lists(happenings, min_size=1, max_size=max_happenings)
    ):
        clock += timedelta(seconds=wait)
        events.extend(happening(clock, device, tag, motif, dwell, gap))
    events.sort(key=lambda event: event.at)
    moments = sorted({event.at for event in events})
    return History(tuple(events), Inputs(draw(_settings(moments)), draw(_assignments(moments))))


def _valid_from(moments: list[datetime]) -> st.SearchStrategy[datetime]:
    """From the beginning, or just before, at or just after something happened."""
    return st.one_of(
        st.just(EPOCH),
        st.builds(
            lambda moment, milliseconds: moment + timedelta(milliseconds=milliseconds),
            st.sampled_from(moments),
            st.sampled_from((0, -1, 1)),
        ),
    )


def _settings(moments: list[datetime]) -> st.SearchStrategy[tuple[Settings, ...]]:
    """Every device has its mode from the beginning; anything may change later."""
    changes = st.lists(
        st.builds(
            Settings,
            valid_from=_valid_from(moments),
            device=st.sampled_from((*DEVICES, None)),
            mode=st.sampled_from(("dock", "terminal", None)),
            owner=st.sampled_from((None, *PEOPLE)),
            merge_gap_seconds=st.sampled_from((None, 0, 10, 20)),
            debounce_seconds=st.sampled_from((None, 0, 5, 60)),
            max_entry_hours=st.sampled_from((None, 1, 12)),
        ),
        max_size=3,
        unique_by=lambda row: (row.device, row.valid_from),
    )
    return changes.map(lambda rows: _completed(rows))


def _completed(changes: list[Settings]) -> tuple[Settings, ...]:
    """Let a change from the beginning replace its device's first row; only devices have mode and owner."""
    rows = [row if row.device else replace(row, mode=None, owner=None) for row in changes]
    changed = {(row.device, row.valid_from) for row in rows}
    return (*(row for row in FIRST_SETTINGS if (row.device, row.valid_from) not in changed), *rows)


def _assignments(moments: list[datetime]) -> st.SearchStrategy[tuple[Assignment, ...]]:
    return st.lists(
        st.builds(
            Assignment,
            tag=st.sampled_from(TAGS),
            valid_from=_valid_from(moments),
            person=st.sampled_from((None, *PEOPLE)),
            project=st.sampled_from((None, *PROJECTS)),
        ),
        max_size=4,
        unique_by=lambda row: (row.tag, row.valid_from),
    ).map(tuple)


@st.composite
def arrivals(draw: st.DrawFn, events: tuple[Event, ...]) -> tuple[Request, ...]:
    """Deliver every event once or twice, in any order, in batches of any size.

    Each copy of an event is put into one of a few rounds; what one device says in a round is one request.
    """
    rounds = draw(st.sampled_from((1, 2, 4, 16)))
    turns = [
        (first, *again) for again in ((), *((turn,) for turn in range(rounds))) for first in range(rounds)
    ]
    chosen = draw(st.lists(st.sampled_from(turns), min_size=len(events), max_size=len(events)))
    has_keys = draw(st.booleans())
    requests: dict[tuple[int, str], list[tuple[Event, str | None]]] = defaultdict(list)
    for index in draw(st.permutations(range(len(events)))):
        for copy, turn in enumerate(chosen[index]):
            key = f"{index}-{copy}" if has_keys and copy else None
            requests[turn, events[index].device].append((events[index], key))
    return tuple(
        Request(device, tuple(event for event, _ in said), tuple(key for _, key in said))
        for (_, device), said in sorted(requests.items(), key=lambda item: item[0][0])
    )


def online(events: tuple[Event, ...]) -> tuple[Request, ...]:
    """Deliver each event at once and alone, in the order in which they happened."""
    return tuple(Request(event.device, (event,), (None,)) for event in events)
