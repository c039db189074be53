"""What a device posted: one event, or a batch of them in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from gatebook.ground.errors import Invalid, UnsupportedMediaType
from gatebook.ground.forms import Form
from gatebook.ground.redaction import quoted
from gatebook.taps.events import Item, Rejected, normal_device_id, read_event
from gatebook.taps.reading import EVERYONES, Reading
from gatebook.taps.words import fields_of

MOST_EVENTS = 500
_WRAPPER = "rfid_poll_result"


@dataclass(frozen=True, slots=True)
class Posted:
    """The body before it is known how its device's payloads are read."""

    value: Any

    @classmethod
    def model_validate(cls, value: object) -> Self:
        """Any JSON value, or a form."""
        return cls(value)


@dataclass(frozen=True, slots=True)
class DeviceEventRequest:
    """One event, flat or wrapped in rfid_poll_result, or a batch of them in order."""

    items: list[Item]
    is_batch: bool

    @classmethod
    def read(cls, value: Any, reading: Reading = EVERYONES) -> Self:
        """Understand the body; raises Invalid or UnsupportedMediaType unless it is one event or a batch."""
        if isinstance(value, Form) and not reading.tags:
            raise UnsupportedMediaType(
                "Expected JSON: form fields are read where the device's map says which."
            )
        events, field = _batch_of(value, reading)
        if events is None:
            item = _read_item(value, None, "", reading)
            if isinstance(item, Rejected):
                raise Invalid("The event is not valid.", item.errors)
            return cls([item], is_batch=False)
        if not isinstance(events, list) or len(events) > MOST_EVENTS:
            found = f"{len(events)} events" if isinstance(events, list) else quoted(events)
            detail = f"expected an array of at most {MOST_EVENTS} events, found {found}"
            raise Invalid("The batch is not valid.", [{"field": field, "detail": detail}])
        around = _device_named_in(value)
        items = [
            _read_item(event, around, f"{field}.{index}".lstrip("."), reading)
            for index, event in enumerate(events)
        ]
        return cls(items, is_batch=True)

    def events(self, idempotency_key: str | None = None) -> list[dict[str, object]]:
        """The valid items, as the database takes them."""
        if idempotency_key is None:
            return [item for item in self.items if isinstance(item, dict)]
        return [
            # One header, many events: each place in the batch has its own key, unless the event names one.
            {**item, "idempotency_key": item["idempotency_key"] or self._key_of(idempotency_key, index)}
            for index, item in enumerate(self.items)
            if isinstance(item, dict)
        ]

    def results(self, recorded: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """One result an item, in order, of what the database said about the valid ones."""
        answers = iter(recorded)
        return (next(answers) if isinstance(item, dict) else item.result() for item in self.items)

    def _key_of(self, header: str, index: int) -> str:
        return f"{header}/{index}" if self.is_batch else header


def _batch_of(value: Any, reading: Reading) -> tuple[Any, str]:
    """The events of a batch, and where they stand; None where the body is one event."""
    if isinstance(value, list):
        return value, ""
    if not isinstance(value, dict):
        raise Invalid(f"Expected a JSON object or an array, found {quoted(value)}.")
    if reading.events is not None:
        found = reading.events.find(value)
        return (found, ".".join(reading.events.steps)) if isinstance(found, list) else (None, "")
    events = value.get("events")
    if reading.tags and not isinstance(events, list):
        return None, ""
    return events, "events"


def _device_named_in(value: Any) -> object:
    return fields_of(value).get("device_id", ("", None, 0))[1] if isinstance(value, dict) else None


def _read_item(value: Any, around: object, field: str, reading: Reading) -> Item:
    """The event in the database's words. `field` is where it stands in the body."""
    if reading.tags:
        return read_event(value, around, field, reading)
    beside: Mapping[str, Any] = {}
    if isinstance(value, dict) and value.get(_WRAPPER) is not None:
        field = f"{field}.{_WRAPPER}".lstrip(".")
        beside = {name: said for name, said in value.items() if name != _WRAPPER}
        value = value[_WRAPPER]
    if not isinstance(value, dict):
        return Rejected([{"field": field, "detail": f"expected an object, found {quoted(value)}"}])
    if not beside:
        return read_event(value, around, field, reading)
    named = normal_device_id(_device_named_in(beside))
    if named is not None:
        outer = normal_device_id(around)
        if outer is not None and outer != named:
            detail = f"expected {quoted(outer)} as around it, found {quoted(named)}"
            return Rejected([{"field": f"{field}.device_id", "detail": detail}])
        around = named
    # What stands beside is the event's own where the event lacks it.
    return read_event({**beside, **value}, around, field, reading)
