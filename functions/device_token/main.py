"""POST /api/auth/device-token: a device key becomes a token."""

from gatebook.devicetokens import identify, token_answer
from gatebook.http import Answer, Request, endpoint


@endpoint()
def device_token(request: Request) -> Answer:
    """Make a token for the device that shows its key."""
    return token_answer(identify(request.credential, request.id))
