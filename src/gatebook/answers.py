"""What the endpoints answer, made of what the database said."""

from gatebook.database import Kept, Recorded, Refused
from gatebook.errors import DeviceMismatch, Invalid, NotReady
from gatebook.http import Answer
from gatebook.models import DeviceEventRequest
from gatebook.settings import get_settings
from gatebook.times import utc_text


def single_answer(recorded: Recorded) -> Answer:
    """201 for a new event, 200 for one that was here before."""
    result = recorded.results[0]
    device = recorded.device.external_id
    if isinstance(result, Refused):
        if result.error == "device_mismatch":
            raise DeviceMismatch(f"The credential belongs to {device}, the body names another device.")
        raise Invalid("The event cannot be stored.")
    return Answer(_told(result), 201 if result.status == "stored" else 200, recorded.rate, device)


def batch_answer(body: DeviceEventRequest, recorded: Recorded) -> Answer:
    """200 with one result an item, in order."""
    results = list(body.results([_result(result) for result in recorded.results]))
    statuses = [result["status"] for result in results]
    data = {
        "stored": statuses.count("stored"),
        "duplicates": statuses.count("duplicate"),
        "rejected": statuses.count("rejected"),
        "results": results,
    }
    return Answer(data, 200, recorded.rate, recorded.device.external_id)


def health_answer(is_ready: bool | None) -> Answer:
    """200, or 503 if the database was asked and is away; both name what is running."""
    settings = get_settings()
    version = {"version": settings.version, "commit": settings.commit}
    if is_ready is False:
        raise NotReady(version)
    checks = {} if is_ready is None else {"database": "up"}
    return Answer({"status": "up", **version, "checks": checks})


def _result(result: Kept | Refused) -> dict[str, object]:
    if isinstance(result, Refused):
        return {"status": "rejected", "error": result.error, "detail": result.detail}
    return {"status": result.status, **_told(result)}


def _told(result: Kept) -> dict[str, object]:
    entry = result.time_entry
    return {
        "event_id": result.event_id,
        "duplicate": result.status == "duplicate",
        "occurred_at": utc_text(result.occurred_at),
        "time_quality": result.time_quality,
        "time_entry": entry
        and {
            "id": entry.id,
            "change": entry.change,
            "started_at": utc_text(entry.started_at),
            "ended_at": utc_text(entry.ended_at),
        },
    }
