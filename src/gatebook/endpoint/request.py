"""What a handler may know of the request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import Headers

from gatebook.ground.credential import Credential
from gatebook.ground.errors import Invalid, Unauthorized
from gatebook.ground.redaction import quoted

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Request:
    """What a handler may know of the request."""

    id: str
    path: str
    parameters: Mapping[str, str]
    headers: Headers
    shown_credential: Credential | None

    @property
    def credential(self) -> Credential:
        """The device's credential: well-formed, and not yet checked."""
        if self.shown_credential is None:
            raise Unauthorized
        return self.shown_credential

    @property
    def idempotency_key(self) -> str | None:
        """What decides whether this was sent before, where the sender says so."""
        key = self.headers.get("Idempotency-Key")
        if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
            detail = f"expected 1 to 255 visible ASCII characters, found {quoted(key)}"
            raise Invalid("A header is not valid.", [{"field": "Idempotency-Key", "detail": detail}])
        return key
