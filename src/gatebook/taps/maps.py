"""Field maps: where a device's payloads say what, as its page and `devices.payload_map` have it."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gatebook.taps.presets import PRESETS
from gatebook.taps.reading import Pointer, Reading
from gatebook.taps.tag_formats import hex_tag, tag_reader
from gatebook.taps.words import fold


def _pointer(text: str) -> str:
    if text and not text.startswith("/"):
        raise ValueError("expected a JSON pointer such as /card/uid")
    return text


PointerText = Annotated[str, Field(max_length=200), AfterValidator(_pointer)]
Word = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[list[Word], Field(max_length=20)]


class DecimalFormat(BaseModel):
    """Ids as decimal numbers of so many bytes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["decimal"]
    bytes: Annotated[int, Field(ge=4, le=32)]
    order: Literal["big", "little"]


Kind = Literal["hex", "unpadded_hex", "base64", "bytes", "text"]


class KindFormat(BaseModel):
    """A notation by its name alone."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Kind


TagFormat = Kind | KindFormat | DecimalFormat


class PayloadMap(BaseModel):
    """A preset, or pointers of the device's own. The database checks the same."""

    model_config = ConfigDict(extra="forbid", strict=True)

    preset: str | None = None
    events: PointerText | None = None
    tag: PointerText | None = None
    time: PointerText | None = None
    event: PointerText | None = None
    direction: PointerText | None = None
    inserts: Annotated[Words | None, Field(alias="in")] = None
    removals: Annotated[Words | None, Field(alias="out")] = None
    tag_format: TagFormat | None = None
    day_first: bool | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        pointers = (self.events, self.time, self.event, self.direction, self.inserts, self.removals)
        if self.preset is not None:
            if self.preset not in PRESETS:
                raise ValueError(f"expected a preset: {', '.join(PRESETS)}")
            if self.tag is not None or any(pointer is not None for pointer in pointers):
                raise ValueError("expected a preset or pointers, not both")
        elif self.tag is None and any(pointer is not None for pointer in pointers):
            raise ValueError("expected tag, a pointer to the id of the tag")
        return self


class _Said(BaseModel):
    """A reading as the database says it."""

    model_config = ConfigDict(extra="ignore")

    version: int
    payload_map: PayloadMap | None = None
    tag_format: TagFormat | None = None


def reading_of(said: dict[str, Any]) -> Reading:
    """The reading in the database's answer; raises ValueError for what it never says."""
    answer = _Said.model_validate(said)
    payload_map = answer.payload_map or PayloadMap()
    tag_format = payload_map.tag_format or answer.tag_format
    read_tag = None if tag_format is None else tag_reader(_plain(tag_format))
    if payload_map.preset is not None:
        return PRESETS[payload_map.preset](answer.version, read_tag, payload_map.day_first)
    own = read_tag or hex_tag
    return Reading(
        version=answer.version,
        tags=() if payload_map.tag is None else ((Pointer.parse(payload_map.tag), own),),
        read_tag=own,
        events=_parsed(payload_map.events),
        time=_parsed(payload_map.time),
        event=_parsed(payload_map.event),
        direction=_parsed(payload_map.direction),
        inserts=frozenset(map(fold, payload_map.inserts or ())),
        removals=frozenset(map(fold, payload_map.removals or ())),
        day_first=payload_map.day_first,
    )


def _plain(tag_format: TagFormat) -> str | dict[str, Any]:
    if isinstance(tag_format, KindFormat):
        return tag_format.kind
    return tag_format if isinstance(tag_format, str) else tag_format.model_dump()


def _parsed(text: str | None) -> Pointer | None:
    return None if text is None else Pointer.parse(text)
