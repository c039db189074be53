"""What a handler may know of the request."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import Headers, MultiDict

from gatebook.endpoint.access import Caller
from gatebook.ground.credential import Credential, UserToken
from gatebook.ground.errors import Invalid, Unauthorized
from gatebook.ground.redaction import quoted, redact

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


@dataclass(frozen=True, slots=True)
class Request:
    """What a handler may know of the request: all of it, as it came."""

    id: str
    method: str
    path: str
    """The template of the route: a path may hold a key."""
    parameters: Mapping[str, str]
    query: MultiDict[str, str]
    """What stands behind the question mark, decoded; a name may be there more than once."""
    headers: Headers
    content_type: str
    body: bytes = field(repr=False)
    """The bytes as they came, which is what signatures are made of."""
    caller: Caller

    @property
    def credential(self) -> Credential:
        """The device's credential: well-formed, and not yet checked."""
        if not isinstance(self.caller, Credential):
            raise Unauthorized
        return self.caller

    @property
    def user_token(self) -> UserToken:
        """The signed-in user's token; not yet checked if the handler calls as the user."""
        if not isinstance(self.caller, UserToken):
            raise Unauthorized
        return self.caller

    @property
    def idempotency_key(self) -> str | None:
        """What decides whether this was sent before, where the sender says so."""
        key = self.headers.get("Idempotency-Key")
        if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
            detail = f"expected 1 to 255 visible ASCII characters, found {quoted(key)}"
            raise Invalid("A header is not valid.", [{"field": "Idempotency-Key", "detail": detail}])
        return key


def known_request_id(shown: str) -> str:
    """The X-Request-ID that was shown, if it is a sane one, else a new one."""
    # It is logged and kept, so it must not be a credential by somebody's mistake.
    return shown if _SANE_ID.fullmatch(shown) and redact(shown) == shown else str(uuid.uuid4())
