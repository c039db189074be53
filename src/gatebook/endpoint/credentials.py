"""How callers say who they are. Only the form is checked here; the database knows the rest."""

import base64
import hmac
import json
import re
from typing import Any, Literal

from werkzeug.datastructures import Headers

from gatebook.devices.keys import is_well_formed
from gatebook.endpoint.routes import TASK_TOKEN
from gatebook.ground import settings
from gatebook.ground.credential import Credential, UserToken
from gatebook.ground.errors import Unauthorized

_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_LONGEST_DEVICE_TOKEN = 4096
# What the platform's sign-up keeps of a person is in it.
_LONGEST_USER_TOKEN = 8192


def device_credential(headers: Headers, url_key: str | None) -> Credential:
    """The key in the path, else X-API-Key, else Authorization: Bearer; raises Unauthorized if malformed.

    Authorization comes last, because a platform in between may put a header of its own there.
    """
    if url_key is not None:
        return _key("url", url_key)
    if key := headers.get("X-API-Key", "").strip():
        return _key("header", key)
    secret = _bearer(headers)
    if "." not in secret:
        return _key("header", secret)
    if not _is_jwt(secret, _LONGEST_DEVICE_TOKEN):
        raise Unauthorized
    return Credential("token", secret)


def user_token(headers: Headers) -> UserToken:
    """The token in Authorization: Bearer, if it is a signed-in user's; raises Unauthorized if not.

    Whether the project has signed it, and whether it still holds, PostgREST says.
    """
    secret = _bearer(headers)
    if not _is_jwt(secret, _LONGEST_USER_TOKEN):
        raise Unauthorized
    claims = _claims(secret)
    # The project signs tokens of devices, of `anon` and of service_role as well.
    if claims.get("role") != "authenticated" or not isinstance(claims.get("sub"), str):
        raise Unauthorized
    return UserToken(secret)


def require_task_token(headers: Headers) -> None:
    """The scheduler's token in X-Task-Token, else Authorization: Bearer; raises Unauthorized."""
    expected = settings.required(TASK_TOKEN)
    shown = headers.get("X-Task-Token", "").strip() or _bearer(headers)
    if not hmac.compare_digest(shown.encode(), expected.encode()):
        raise Unauthorized


def _bearer(headers: Headers) -> str:
    scheme, _, secret = headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized
    return secret.strip()


def _key(kind: Literal["header", "url"], key: str) -> Credential:
    if not is_well_formed(key):
        raise Unauthorized
    return Credential(kind, key)


def _is_jwt(text: str, longest: int) -> bool:
    return len(text) <= longest and _JWT.fullmatch(text) is not None


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, RecursionError):
        raise Unauthorized from None
    if not isinstance(claims, dict):
        raise Unauthorized
    return claims
