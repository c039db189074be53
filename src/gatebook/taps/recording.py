"""Recording what readers saw, and saying what became of it."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from gatebook.ground.credential import Credential
from gatebook.ground.errors import DeviceMismatch, Invalid, Unavailable
from gatebook.ground.outcome import Outcome, Rate
from gatebook.supabase.rpc import call_as_device
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.times import utc_text


class Recorded(NamedTuple):
    """What became of the events, in order and in the words of the answer, and whose they are."""

    device_external_id: str
    rate: Rate
    results: list[dict[str, Any]]


def record_device_events(
    credential: Credential, events: Sequence[dict[str, object]], request_id: str
) -> Recorded:
    """Check the credential and store the events: one request, one transaction."""
    arguments: dict[str, object] = {"events": events}
    # Repeatable, since the database stores the same event once.
    recorded = call_as_device(
        "record_device_events", arguments, credential, request_id, _read_recorded, is_repeatable=True
    )
    if len(recorded.results) != len(events):
        raise Unavailable("PostgREST answered for another number of events")
    return recorded


def outcome_of(body: DeviceEventRequest, recorded: Recorded) -> Outcome:
    """A batch has one result an item; a single event is new unless it was here before."""
    if body.is_batch:
        return Outcome(_batch_data(body, recorded), False, recorded.rate, recorded.device_external_id)
    result = dict(recorded.results[0])
    status = result.pop("status")
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
    return Recorded(str(answer["device"]["external_id"]), rate, [_read_result(r) for r in answer["results"]])


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
