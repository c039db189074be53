"""One event of a payload in the database's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gatebook.ground.redaction import quoted
from gatebook.taps.reading import NOTHING, Pointer, Reading
from gatebook.taps.tag_formats import ReadTag
from gatebook.taps.times import device_time_text, parse_device_time
from gatebook.taps.words import Found, event_type_of, fields_of

_YES = {"true", "t", "yes", "y", "on", "1"}
_NO = {"false", "f", "no", "n", "off", "0"}
_NOT_SAID = ("", None, 0)
_NO_DEVICE = ("device_id", None, 0)
_LONGEST_TYPE = 200
_LONGEST_DEVICE_ID = 200
_LONGEST_KEY = 255
_LARGEST_SEQUENCE_NUMBER = 2**53


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item of a batch that says what no event can say."""

    errors: Sequence[Mapping[str, str]]

    def result(self) -> dict[str, object]:
        """What the answer says in this item's place."""
        detail = "; ".join(error["detail"] for error in self.errors)
        return {"status": "rejected", "error": "invalid_event", "detail": detail, "errors": self.errors}


@dataclass(frozen=True, slots=True)
class Ignored:
    """An item in which the device's map finds no tag: a heartbeat, or the state of a reader."""

    def result(self) -> dict[str, object]:
        """What the answer says in this item's place."""
        return {"status": "ignored"}


Item = dict[str, object] | Rejected | Ignored


def read_event(payload: Any, around: object, field: str, reading: Reading) -> Item:
    """The event in the database's words.

    `around` is the device that is named around it, `field` where it stands in the body.
    """
    fields = fields_of(payload) if isinstance(payload, dict) else {}
    errors: list[dict[str, str]] = []
    reader = _Reader(fields, field, errors)
    if reading.tags:
        tag = _mapped_tag(payload, reading)
        if tag is None:
            return Ignored()
        pointer, read_tag, said = tag
        tag_uid = reader.tag("/".join(pointer.steps), said, read_tag)
        event_type = _mapped_event(reader, payload, reading)
        direction = _mapped_direction(reader, payload, reading)
        timestamp = _found(payload, reading.time) if reading.time else reader.said("timestamp")
    else:
        tag_uid = reader.named_tag(reading.read_tag)
        event_type = reader.event_type()
        direction = reader.direction()
        timestamp = reader.said("timestamp")
    device_id = reader.device_id(around)
    if errors:
        return Rejected(errors)
    item: dict[str, object] = {
        "event_type": event_type,
        "tag_uid": tag_uid,
        "tag_type": _text(reader.said("tag_type")),
        "direction": direction,
        "device_id": device_id,
        "device_time": device_time_text(timestamp),
        "device_at": parse_device_time(timestamp, reading.day_first),
        "idempotency_key": _idempotency_key(reader.said("idempotency_key")),
        "payload": payload,
    }
    sequence_number = _sequence_number(reader.said("sequence_number"))
    if sequence_number is not None:
        item["sequence_number"] = sequence_number
    return item


class _Reader:
    """Reads fields by everyone's words, and notes what is wrong with them."""

    def __init__(self, fields: Found, field: str, errors: list[dict[str, str]]) -> None:
        self._fields = fields
        self._field = field
        self._errors = errors

    def said(self, field: str) -> Any:
        found = self._fields.get(field)
        return found[1] if found else None

    def complain(self, name: str, expected: str, found: object = NOTHING) -> None:
        detail = expected if found is NOTHING else f"{expected}, found {quoted(found)}"
        self._errors.append({"field": f"{self._field}.{name}".lstrip("."), "detail": detail})

    def tag(self, name: str, said: object, read_tag: ReadTag) -> str | None:
        try:
            return read_tag(said)
        except ValueError as error:
            self.complain(name, str(error), said)
            return None

    def named_tag(self, read_tag: ReadTag) -> str | None:
        found = self._fields.get("tag_id")
        if found is None:
            self.complain("tag_id", "Field required")
            return None
        return self.tag(found[0], found[1], read_tag)

    def event_type(self) -> str | None:
        """What happened; without a word for it tag_present says it, and without that it is a tap."""
        name, said, _ = self._fields.get("event_type", _NOT_SAID)
        event_type = event_type_of(said)
        if said is not None and event_type is None:
            self.complain(
                name, "expected 'tag_insert' or 'tag_removed', or one of the other words for them", said
            )
            return None
        present = self._presence()
        if event_type is None:
            return "tag_removed" if present is False else "tag_insert"
        if present is not None and present != (event_type == "tag_insert"):
            self.complain("tag_present", f"expected what {said} implies", self.said("tag_present"))
        return event_type

    def _presence(self) -> bool | None:
        name, said, _ = self._fields.get("tag_present", _NOT_SAID)
        if said is None or said is True or said is False:
            return said
        word = str(int(said) if isinstance(said, float) and said in (0, 1) else said)[:10].strip().lower()
        if isinstance(said, int | float | str) and word in _YES | _NO:
            return word in _YES
        self.complain(name, "expected a boolean", said)
        return None

    def direction(self) -> str | None:
        name, said, _ = self._fields.get("direction", _NOT_SAID)
        if said is None:
            return None
        direction = said.strip().lower() or None if isinstance(said, str) else said
        if direction is None or direction in ("in", "out"):
            return direction
        self.complain(name, "expected 'in' or 'out'", said)
        return None

    def device_id(self, around: object) -> str | None:
        """The device that is named from the outside in, if any is."""
        name, said, _ = self._fields.get("device_id", _NO_DEVICE)
        outer, inner = normal_device_id(around), normal_device_id(said)
        for named in (outer, inner):
            if named is not None and not (isinstance(named, str) and len(named) <= _LONGEST_DEVICE_ID):
                self.complain(name, f"expected a string of at most {_LONGEST_DEVICE_ID} characters", named)
                return None
        if outer is not None and inner is not None and outer != inner:
            self.complain(name, f"expected {quoted(outer)} as around it", inner)
        named = inner if outer is None else outer
        return named if isinstance(named, str) else None


def normal_device_id(said: object) -> object:
    """A number is text, and an empty text is nothing."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        return str(said)
    return said.strip() or None if isinstance(said, str) else said


def _mapped_tag(payload: Any, reading: Reading) -> tuple[Pointer, ReadTag, Any] | None:
    for pointer, read_tag in reading.tags:
        said = pointer.find(payload)
        if said is not NOTHING and said is not None and said != "":
            return pointer, read_tag, said
    return None


def _mapped_event(reader: _Reader, payload: Any, reading: Reading) -> str | None:
    said = _found(payload, reading.event) if reading.event else None
    if said is None:
        # A body that others made has words of its own for other things: only what is understood counts.
        said = reader.said("event_type")
        return event_type_of(said) or "tag_insert"
    side = reading.side_of(said) or (("in" if said else "out") if isinstance(said, bool) else None)
    event_type = {"in": "tag_insert", "out": "tag_removed"}[side] if side else event_type_of(said)
    if event_type is None and reading.event:
        reader.complain("/".join(reading.event.steps), "expected one of the words of the device's map", said)
    return event_type


def _mapped_direction(reader: _Reader, payload: Any, reading: Reading) -> str | None:
    if reading.direction is None:
        said = reader.said("direction")
        word = said.strip().lower() if isinstance(said, str) else None
        return word if word in ("in", "out") else None
    said = _found(payload, reading.direction)
    side = reading.side_of(said) or {"in": "in", "out": "out"}.get(str(said)[:10].strip().lower())
    if said not in (None, "") and side is None:
        reader.complain(
            "/".join(reading.direction.steps), "expected one of the words of the device's map", said
        )
    return side


def _found(payload: Any, pointer: Pointer) -> Any:
    said = pointer.find(payload)
    return None if said is NOTHING else said


def _text(said: object) -> str | None:
    """Text, cut at what the database keeps; nothing where it is no text."""
    if not isinstance(said, str | int | float):
        return None
    return str(said)[:_LONGEST_TYPE].strip() or None


def _idempotency_key(said: object) -> str | None:
    if not isinstance(said, str | int | float) or isinstance(said, bool):
        return None
    key = str(said)
    if not key:
        return None
    return key if len(key) <= _LONGEST_KEY else sha256(key.encode()).hexdigest()


def _sequence_number(said: object) -> int | None:
    if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 17:
        said = int(said)
    is_counter = isinstance(said, int) and not isinstance(said, bool) and 0 <= said < _LARGEST_SEQUENCE_NUMBER
    return said if is_counter and isinstance(said, int) else None
