"""POST /api/webhook/device-event: what a reader saw."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.recording import outcome_of, record_device_events


@endpoint(DeviceEventRequest)
def device_event(request: Request, body: DeviceEventRequest) -> Answer:
    """Record what a reader saw."""
    events = body.events(request.idempotency_key)
    recorded = record_device_events(request.credential, events, request.id)
    return Answer.of(outcome_of(body, recorded))
