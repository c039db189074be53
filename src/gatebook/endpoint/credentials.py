"""How a device says who it is. Only the form is checked here; the database knows the rest."""

import hmac
import re
from typing import Literal

from werkzeug.datastructures import Headers

from gatebook.devices.keys import is_well_formed
from gatebook.ground.credential import Credential
from gatebook.ground.errors import NotConfigured, Unauthorized
from gatebook.ground.settings import get_settings

_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_LONGEST_TOKEN = 4096


def device_credential(headers: Headers, url_key: str | None) -> Credential:
    """The key in the path, else X-API-Key, else Authorization: Bearer; raises Unauthorized if malformed.

    Authorization comes last, because a platform in between may put a header of its own there.
    """
    if url_key is not None:
        return _key("url", url_key)
    if key := headers.get("X-API-Key", "").strip():
        return _key("header", key)
    scheme, _, secret = headers.get("Authorization", "").strip().partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer":
        raise Unauthorized
    if "." not in secret:
        return _key("header", secret)
    if len(secret) > _LONGEST_TOKEN or not _JWT.fullmatch(secret):
        raise Unauthorized
    return Credential("token", secret)


def require_task_token(headers: Headers) -> None:
    """The scheduler's token in X-Task-Token, else Authorization: Bearer; raises Unauthorized."""
    expected = get_settings().task_token
    if not expected:
        raise NotConfigured("GATEBOOK_TASK_TOKEN")
    shown = headers.get("X-Task-Token", "").strip()
    if not shown:
        scheme, _, token = headers.get("Authorization", "").strip().partition(" ")
        shown = token.strip() if scheme.lower() == "bearer" else ""
    if not hmac.compare_digest(shown.encode(), expected.encode()):
        raise Unauthorized


def _key(kind: Literal["header", "url"], key: str) -> Credential:
    if not is_well_formed(key):
        raise Unauthorized
    return Credential(kind, key)
