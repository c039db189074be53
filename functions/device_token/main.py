"""POST /api/auth/device-token: a device key becomes a token."""

from gatebook.devices.tokens import identify, issue_token
from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint


@endpoint()
def device_token(request: Request) -> Answer:
    """Make a token for the device that shows its key."""
    return Answer.of(issue_token(identify(request.credential, request.id)))
