"""Stored payloads read anew, after the reading of their device was corrected."""

from collections.abc import Iterable, Mapping
from typing import Any

from gatebook.ground.errors import Invalid, UnsupportedMediaType
from gatebook.taps.events import Ignored
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.reading import Reading


def read_again(rows: Iterable[Mapping[str, Any]], reading: Reading) -> list[dict[str, Any]]:
    """Of rows of device_events with id and payload, what public.replay_events takes as readings."""
    return [{"event_id": row["id"], **_reading_of(row["payload"], reading)} for row in rows]


def _reading_of(payload: Any, reading: Reading) -> dict[str, Any]:
    try:
        # One item of a batch is kept as it is; a form is kept as an object.
        items = DeviceEventRequest.read(payload, reading).items
    except (Invalid, UnsupportedMediaType):
        return {"event": None}
    if len(items) != 1:
        return {"event": None}
    [item] = items
    if isinstance(item, dict):
        return {"event": {name: said for name, said in item.items() if name != "payload"}}
    return {"event": None, "is_ignored": isinstance(item, Ignored)}
