"""Random days on which taps happen and arrive late, and on which people and the clock act in between."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Literal

from hypothesis import strategies as st

from tests.pairing.reference import Archive, Assignment, Event, Inputs, Settings
from tests.pairing.strategies import (
    BEGIN,
    DEVICES,
    DWELLS,
    EPOCH,
    FIRST_SETTINGS,
    GAPS,
    MOTIFS,
    TAGS,
    happening,
)

# Two badges of Ann, so that a late tap of either moves what the other began; the third is nobody's.
FIRST_ASSIGNMENTS = tuple(Assignment(tag, EPOCH, person="ann", project="red") for tag in TAGS[:2])
FIRST_INPUTS = Inputs(FIRST_SETTINGS, FIRST_ASSIGNMENTS)

WAITS = (0, 1, 11, 30, 61, 600, 3600, 4 * 3600, 12 * 3600 + 1)
# Where people come soon after a tap, or before the next.
OFFSETS = (0, 1, 30, 61, 300, 1800, 3 * 3600, 13 * 3600)

CorrectionKind = Literal[
    "delete",
    "stop",
    "shorten",
    "prolong",
    "start later",
    "assign",
    "recolour",
    "split",
    "undo end",
    "restore",
]
CORRECTIONS: tuple[CorrectionKind, ...] = (
    "delete",
    "stop",
    "shorten",
    "prolong",
    "start later",
    "assign",
    "recolour",
    "split",
    "undo end",
    "restore",
)


@dataclass(frozen=True)
class Correct:
    """Correct one of the entries that there are then, counted from the oldest."""

    kind: CorrectionKind
    number: int


@dataclass(frozen=True)
class Relabel:
    """Say whose a tag is, from now on or from a time in the past."""

    tag: str
    person: str | None
    project: str | None
    since: int | None
    """Which moment of the day; None: from now on."""


@dataclass(frozen=True)
class Configure:
    """Change the numbers of the organization from a time in the past."""

    debounce_seconds: int
    max_entry_hours: int
    since: int | None


@dataclass(frozen=True)
class Patch:
    """Change what a device is from now on."""

    device: str
    mode: Literal["dock", "terminal"]
    owner: str | None


@dataclass(frozen=True)
class Put:
    """Archive a tag or a person, or take it out again."""

    name: str
    is_archived: bool


@dataclass(frozen=True)
class Sweep:
    """The scheduler comes by."""


Act = Correct | Relabel | Configure | Patch | Put | Sweep


@dataclass(frozen=True)
class Step:
    """What happens in the database at a time: taps arrive, or somebody does something."""

    at: datetime
    what: Event | Act

    def __str__(self) -> str:
        if isinstance(self.what, Event):
            event = self.what
            said = f"{event.device} {event.event_type} {event.tag} {event.direction or ''}"
            said += f" of {event.at:%d %H:%M:%S.%f}"
        else:
            said = str(self.what)
        return f"  {self.at:%d %H:%M:%S.%f}  {said}"


@dataclass(frozen=True)
class Timeline:
    """What was done when."""

    steps: tuple[Step, ...]
    moments: tuple[datetime, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.steps))


numbers = st.integers(0, 6)
since = st.one_of(st.none(), st.integers(0, 20))

acts: st.SearchStrategy[Act] = st.one_of(
    st.builds(Correct, kind=st.sampled_from(CORRECTIONS), number=numbers),
    st.builds(Correct, kind=st.sampled_from(("stop", "delete", "shorten", "restore")), number=numbers),
    st.builds(
        Relabel,
        tag=st.sampled_from(TAGS),
        person=st.sampled_from((None, "ann", "bob")),
        project=st.sampled_from((None, "red", "blue")),
        since=since,
    ),
    st.builds(
        Configure,
        debounce_seconds=st.sampled_from((0, 60, 600)),
        max_entry_hours=st.sampled_from((1, 12)),
        since=since,
    ),
    st.builds(
        Patch,
        device=st.sampled_from(DEVICES),
        mode=st.sampled_from(("dock", "terminal")),
        owner=st.sampled_from((None, "ann", "bob")),
    ),
    st.builds(Put, name=st.sampled_from((*TAGS, "ann", "bob")), is_archived=st.booleans()),
    st.just(Sweep()),
)

# Mostly terminals, whose taps depend on each other most.
PLACES = tuple(product((*DEVICES, "gate-1", "gate-2", "gate-1"), (*TAGS, *TAGS[:2])))


@st.composite
def timelines(draw: st.DrawFn, made: st.SearchStrategy[Act] = acts) -> Timeline:
    events: list[Event] = []
    clock = BEGIN
    for _ in range(draw(st.integers(1, 6))):
        wait, (device, tag) = draw(st.sampled_from(WAITS)), draw(st.sampled_from(PLACES))
        motif, dwell, gap = (
            draw(st.sampled_from((*MOTIFS, "insert", "taps"))),
            draw(st.sampled_from(DWELLS[2:])),
            draw(st.sampled_from(GAPS)),
        )
        clock += timedelta(seconds=wait)
        events.extend(happening(clock, device, tag, motif, dwell, gap))
    events.sort(key=lambda event: event.at)
    moments = tuple(sorted({event.at for event in events}))
    steps = [Step(event.at + draw(delays), event) for event in events]
    for _ in range(draw(st.integers(1, 5))):
        moment, offset = draw(st.sampled_from(moments)), draw(st.sampled_from(OFFSETS))
        steps.append(Step(moment + timedelta(seconds=offset), draw(made)))
    steps.sort(key=lambda step: step.at)
    return Timeline(tuple(steps), moments)


# Most taps arrive at once, some hours or days late; a clock may be a minute ahead.
delays = st.sampled_from((0, 0, 0, 0, 0, 1, 400, 5 * 3600, 20 * 3600, 5 * 86400, -60)).map(
    lambda seconds: timedelta(seconds=seconds)
)


@dataclass
class World:
    """What the reference is told: events and inputs as they are so far."""

    moments: tuple[datetime, ...]
    events: list[Event] = field(default_factory=list)
    inputs: Inputs = FIRST_INPUTS

    def since(self, number: int | None, now: datetime) -> datetime:
        """Return the time from which a change holds: a moment that has passed, or now."""
        passed = [moment for moment in self.moments if moment <= now]
        return now if number is None or not passed else passed[number % len(passed)]

    def relabel(self, act: Relabel, since: datetime) -> None:
        kept = [r for r in self.inputs.assignments if r.tag != act.tag or r.valid_from < since]
        self.inputs = replace(
            self.inputs, assignments=(*kept, Assignment(act.tag, since, act.person, act.project))
        )

    def configure(self, act: Configure, since: datetime) -> None:
        def renewed(row: Settings) -> Settings:
            if row.device is not None or row.valid_from < since:
                return row
            return replace(row, debounce_seconds=act.debounce_seconds, max_entry_hours=act.max_entry_hours)

        rows = [renewed(row) for row in self.inputs.settings if (row.device, row.valid_from) != (None, since)]
        new = Settings(
            since, None, debounce_seconds=act.debounce_seconds, max_entry_hours=act.max_entry_hours
        )
        self.inputs = replace(self.inputs, settings=(*rows, new))

    def patch(self, act: Patch, now: datetime) -> bool:
        """Say what the device is from now on; False if it was so already."""
        latest = max((r for r in self.inputs.settings if r.device == act.device), key=lambda r: r.valid_from)
        if (latest.mode, latest.owner) == (act.mode, act.owner):
            return False
        rows = [r for r in self.inputs.settings if (r.device, r.valid_from) != (act.device, now)]
        new = replace(latest, valid_from=now, mode=act.mode, owner=act.owner)
        self.inputs = replace(self.inputs, settings=(*rows, new))
        return True

    def put(self, act: Put, now: datetime) -> bool:
        """Archive or take out; False if it was so already."""
        found = [archive for archive in self.inputs.archives if archive.name == act.name]
        if bool(found) == act.is_archived:
            return False
        kept = [archive for archive in self.inputs.archives if archive.name != act.name]
        new = [Archive(act.name, now)] if act.is_archived else []
        self.inputs = replace(self.inputs, archives=(*kept, *new))
        return True


Handle = Callable[[Step], None]
