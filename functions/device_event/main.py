"""POST /api/webhook/device-event: what a reader saw."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint
from gatebook.taps.models import Posted
from gatebook.taps.recording import record


@endpoint(Posted, any_media_type=True)
def device_event(request: Request, body: Posted) -> Answer:
    """Record what a reader saw."""
    return Answer.of(record(request.credential, body, request.idempotency_key, request.id))
