"""What devices send, read tolerantly: unknown fields stay in the payload, odd types are understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from gatebook.ground.errors import Invalid
from gatebook.ground.redaction import quoted
from gatebook.taps.tags import canonical_tag_uid
from gatebook.taps.times import device_time_text, parse_device_time

MOST_EVENTS = 500
_WRAPPER = "rfid_poll_result"


def _tag_uid(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("expected 4 to 10 bytes of hex as text")
    return canonical_tag_uid(value)


def _text(value: object) -> object:
    """Text, cut at what the database keeps; nothing where it is no text."""
    return str(value)[:200].strip() or None if isinstance(value, str | int | float) else None


def _device_id(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else value


def _direction(value: object) -> object:
    return value.strip().lower() or None if isinstance(value, str) else value


class DeviceEvent(BaseModel):
    """One thing that a reader saw."""

    model_config = ConfigDict(extra="ignore")

    event_type: Literal["tag_insert", "tag_removed"]
    tag_uid: Annotated[str, BeforeValidator(_tag_uid), Field(alias="tag_id")]
    tag_present: bool | None = None
    tag_type: Annotated[str | None, BeforeValidator(_text)] = None
    direction: Annotated[Literal["in", "out"] | None, BeforeValidator(_direction)] = None
    device_id: Annotated[str | None, Field(max_length=200), BeforeValidator(_device_id)] = None
    timestamp: Any = None

    @model_validator(mode="after")
    def _presence_agrees(self) -> Self:
        if self.tag_present is not None and self.tag_present != (self.event_type == "tag_insert"):
            raise ValueError("tag_present")
        return self


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item of a batch that says what no event can say."""

    errors: Sequence[Mapping[str, str]]

    def result(self) -> dict[str, object]:
        """What the answer says in this item's place."""
        detail = "; ".join(error["detail"] for error in self.errors)
        return {"status": "rejected", "error": "invalid_event", "detail": detail, "errors": self.errors}


Item = dict[str, object] | Rejected


@dataclass(frozen=True, slots=True)
class DeviceEventRequest:
    """One event, flat or wrapped in rfid_poll_result, or a batch of them in order."""

    items: list[Item]
    is_batch: bool

    @classmethod
    def model_validate(cls, value: object) -> Self:
        """Understand the body; raises Invalid unless it is one event or a batch."""
        if not isinstance(value, dict):
            raise Invalid(f"Expected a JSON object, found {quoted(value)}.")
        if value.get("events") is None:
            item = _read_item(value, None, "")
            if isinstance(item, Rejected):
                raise Invalid("The event is not valid.", item.errors)
            return cls([item], is_batch=False)
        events = value["events"]
        if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS:
            found = f"{len(events)} events" if isinstance(events, list) else quoted(events)
            detail = f"expected 1 to {MOST_EVENTS} events, found {found}"
            raise Invalid("The batch is not valid.", [{"field": "events", "detail": detail}])
        device_id = value.get("device_id")
        items = [_read_item(event, device_id, f"events.{index}") for index, event in enumerate(events)]
        return cls(items, is_batch=True)

    def events(self, idempotency_key: str | None = None) -> list[dict[str, object]]:
        """The valid items, as the database takes them."""
        if idempotency_key is None:
            return [item for item in self.items if not isinstance(item, Rejected)]
        return [
            # One header, many events: each place in the batch has its own key.
            {**item, "idempotency_key": f"{idempotency_key}/{index}" if self.is_batch else idempotency_key}
            for index, item in enumerate(self.items)
            if not isinstance(item, Rejected)
        ]

    def results(self, recorded: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """One result an item, in order, of what the database said about the valid ones."""
        answers = iter(recorded)
        return (item.result() if isinstance(item, Rejected) else next(answers) for item in self.items)


def _read_item(value: object, batch_device_id: object, field: str) -> Item:
    """The event in the database's words. `field` is where it stands in the body."""
    beside: dict[str, object] = {}
    if isinstance(value, dict) and value.get(_WRAPPER) is not None:
        field = f"{field}.{_WRAPPER}".lstrip(".")
        beside = {name: said for name, said in value.items() if name != _WRAPPER}
        value = value[_WRAPPER]
    if not isinstance(value, dict):
        return Rejected([{"field": field, "detail": f"expected an object, found {quoted(value)}"}])
    payload = {**beside, **value}
    try:
        device_id = _one_device(batch_device_id, beside.get("device_id"), value.get("device_id"))
    except ValueError as error:
        return Rejected([{"field": f"{field}.device_id".lstrip("."), "detail": str(error)}])
    said = {**payload, "device_id": device_id}
    try:
        event = DeviceEvent.model_validate(said)
    except ValidationError as error:
        return Rejected(_field_errors(error, said, field))
    return {
        "event_type": event.event_type,
        "tag_uid": event.tag_uid,
        "tag_type": event.tag_type,
        "direction": event.direction,
        "device_id": event.device_id,
        "device_time": device_time_text(event.timestamp),
        "device_at": parse_device_time(event.timestamp),
        "idempotency_key": None,
        "payload": payload,
    }


def _one_device(*said: object) -> object:
    """The device that is named from the outside in, if any is; raises ValueError if there are two."""
    named = [device_id for device_id in map(_device_id, said) if device_id is not None]
    for device_id in named[1:]:
        if device_id != named[0]:
            raise ValueError(f"expected {quoted(named[0])} as around it, found {quoted(device_id)}")
    return named[0] if named else None


def _field_errors(error: ValidationError, event: dict[str, object], field: str) -> list[dict[str, str]]:
    errors = []
    for found in error.errors(include_url=False, include_context=False):
        if not found["loc"]:
            name = "tag_present"
            expected = f"expected what {event['event_type']} implies"
        else:
            name = str(found["loc"][0])
            expected = found["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
        detail = expected if found["type"] == "missing" else f"{expected}, found {quoted(event.get(name))}"
        errors.append({"field": f"{field}.{name}".lstrip("."), "detail": detail})
    return errors
