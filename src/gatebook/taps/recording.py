"""Recording what readers saw, and saying what became of it."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from gatebook.ground.credential import Credential
from gatebook.ground.errors import (
    DeviceMismatch,
    GatebookError,
    Invalid,
    Unavailable,
    UnsupportedMediaType,
)
from gatebook.ground.outcome import Outcome, Rate
from gatebook.supabase.rpc import call_as_device
from gatebook.taps import readings
from gatebook.taps.models import DeviceEventRequest, Posted
from gatebook.taps.reading import Reading
from gatebook.taps.times import utc_text

MOST_CALLS = 3


class Recorded(NamedTuple):
    """What became of the events, in order and in the words of the answer, and whose they are."""

    device_external_id: str
    rate: Rate
    results: list[dict[str, Any]]
    reading: Reading | None = None
    """How the device's payloads are read, where that is not how they were: then nothing was stored."""


def record(credential: Credential, posted: Posted, idempotency_key: str | None, request_id: str) -> Outcome:
    """Read what was posted as its device's payloads are read, and store it: one call unless that changed."""
    reading = readings.known(credential)
    for _ in range(MOST_CALLS):
        refusal: GatebookError | None = None
        events: list[dict[str, object]] = []
        try:
            body = DeviceEventRequest.read(posted.value, reading)
            events = body.events(idempotency_key)
        except (Invalid, UnsupportedMediaType) as error:
            # Only the database knows whether the device has a map that reads it.
            refusal = error
        recorded = record_device_events(credential, events, request_id, reading.version)
        if recorded.reading is None:
            if refusal is not None:
                raise refusal
            return outcome_of(body, recorded)
        reading = recorded.reading
        readings.keep(credential, reading)
    raise Unavailable("The reading of the device changed during each call")


def record_device_events(
    credential: Credential, events: Sequence[dict[str, object]], request_id: str, reading_version: int = 0
) -> Recorded:
    """Check the credential and store the events: one request, one transaction."""
    arguments: dict[str, object] = {"events": events, "reading_version": reading_version}
    # Repeatable, since the database stores the same event once.
    recorded = call_as_device(
        "record_device_events", arguments, credential, request_id, _read_recorded, is_repeatable=True
    )
    if recorded.reading is None and len(recorded.results) != len(events):
        raise Unavailable("PostgREST answered for another number of events")
    return recorded


def outcome_of(body: DeviceEventRequest, recorded: Recorded) -> Outcome:
    """A batch has one result an item; a single event is new unless it was here before."""
    if body.is_batch:
        return Outcome(_batch_data(body, recorded), False, recorded.rate, recorded.device_external_id)
    [result] = (dict(result) for result in body.results(recorded.results))
    status = result.pop("status")
    if status == "ignored":
        return Outcome({"ignored": True}, False, recorded.rate, recorded.device_external_id)
    if status == "rejected":
        raise _refusal(result, recorded)
    return Outcome(result, status == "stored", recorded.rate, recorded.device_external_id)


def _batch_data(body: DeviceEventRequest, recorded: Recorded) -> dict[str, object]:
    results = list(body.results(recorded.results))
    statuses = [result["status"] for result in results]
    return {
        "stored": statuses.count("stored"),
        "duplicates": statuses.count("duplicate"),
        "rejected": statuses.count("rejected"),
        "ignored": statuses.count("ignored"),
        "results": results,
    }


def _refusal(result: dict[str, Any], recorded: Recorded) -> DeviceMismatch | Invalid:
    if result["error"] == "device_mismatch":
        device = recorded.device_external_id
        return DeviceMismatch(f"The credential belongs to {device}, the body names another device.")
    return Invalid("The event cannot be stored.")


def _read_recorded(body: bytes) -> Recorded:
    answer = json.loads(body)
    rate = Rate(*(int(answer["rate"][name]) for name in Rate._fields))
    results = [_read_result(result) for result in answer["results"]]
    reading = answer.get("reading")
    return Recorded(
        str(answer["device"]["external_id"]), rate, results, None if reading is None else _reading_of(reading)
    )


def _reading_of(said: dict[str, Any]) -> Reading:
    # Few devices have a map, and pydantic's models take longer to build than a tap to answer.
    from gatebook.taps.maps import reading_of

    return reading_of(said)


def _read_result(result: Any) -> dict[str, Any]:
    if result["status"] == "rejected":
        return {"status": "rejected", "error": str(result["error"]), "detail": str(result["detail"])}
    entry = result["time_entry"]
    return {
        "status": result["status"],
        "event_id": int(result["event_id"]),
        "duplicate": result["status"] == "duplicate",
        "occurred_at": utc_text(result["occurred_at"]),
        "time_quality": str(result["time_quality"]),
        "time_entry": entry
        and {
            "id": entry["id"],
            "change": entry["change"],
            "started_at": utc_text(entry["started_at"]),
            "ended_at": utc_text(entry["ended_at"]),
        },
    }
