"""How the payloads of one device are read: by everyone's words, or by the device's own map and formats."""

from dataclasses import dataclass
from typing import Any

from gatebook.taps.tag_formats import ReadTag, hex_tag
from gatebook.taps.words import fold

NOTHING = object()
"""What a pointer finds where there is nothing."""
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where something stands in a payload, as RFC 6901 has it."""

    steps: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Pointer":
        """`/card/uid`; the empty text is the root."""
        steps = text.split("/")[1:] if text else []
        return cls(tuple(step.replace("~1", "/").replace("~0", "~") for step in steps))

    def find(self, value: Any) -> Any:
        """What stands there, or NOTHING."""
        for step in self.steps:
            if isinstance(value, dict):
                value = value.get(step, NOTHING)
            elif isinstance(value, list) and step.isascii() and step.isdigit() and len(step) < 6:
                value = value[int(step)] if int(step) < len(value) else NOTHING
            else:
                return NOTHING
        return value


@dataclass(frozen=True, slots=True)
class Reading:
    """How one device's payloads are read; version 0 is how everyone's are."""

    version: int = 0
    tags: tuple[tuple[Pointer, ReadTag], ...] = ()
    """Where a tag may stand, in this order; empty: by everyone's words, and so is what follows."""
    read_tag: ReadTag = hex_tag
    """The notation of a tag that is found by everyone's words."""
    events: Pointer | None = None
    time: Pointer | None = None
    event: Pointer | None = None
    direction: Pointer | None = None
    inserts: frozenset[str] = frozenset()
    removals: frozenset[str] = frozenset()
    day_first: bool | None = None

    def side_of(self, said: Any) -> str | None:
        """In or out, where the word is one of the map's own."""
        word = str(said).lower() if isinstance(said, bool) else str(said)
        word = fold(word[:200].strip())
        return "in" if word in self.inserts else "out" if word in self.removals else None


EVERYONES = Reading()
