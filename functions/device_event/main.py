"""POST /api/webhook/device-event: what a reader saw."""

from gatebook.device_events import record_device_events, recorded_answer
from gatebook.http import Answer, Request, endpoint
from gatebook.models import DeviceEventRequest


@endpoint(DeviceEventRequest)
def device_event(request: Request, body: DeviceEventRequest) -> Answer:
    """Record what a reader saw."""
    events = body.events(request.idempotency_key)
    return recorded_answer(body, record_device_events(request.credential, events, request.id))
