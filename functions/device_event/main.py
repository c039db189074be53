"""POST /api/webhook/device-event: what a reader saw."""

from gatebook.answers import batch_answer, single_answer
from gatebook.database import record_device_events
from gatebook.http import Answer, Request, endpoint
from gatebook.models import DeviceEventRequest


@endpoint(DeviceEventRequest)
def device_event(request: Request, body: DeviceEventRequest) -> Answer:
    """Record what a reader saw."""
    recorded = record_device_events(request.credential, body.events(request.idempotency_key), request.id)
    return batch_answer(body, recorded) if body.is_batch else single_answer(recorded)
