"""Device tokens: JWTs that stand for a device key, signed as the project signs its own."""

import json
from datetime import datetime
from typing import Any

from jose import jws  # type: ignore[import-untyped]
from pydantic import BaseModel

from gatebook.devices import settings
from gatebook.ground import clock
from gatebook.ground.credential import Credential
from gatebook.ground.errors import NotConfigured, Unauthorized
from gatebook.ground.outcome import Outcome, Rate
from gatebook.supabase.rpc import call_as_device

ISSUER = "gatebook"
AUDIENCE = "device"
DAY_SECONDS = 86_400


class TokenDevice(BaseModel):
    """The device as its token names it."""

    id: str
    external_id: str
    organization_id: str
    place_id: str | None


class Identity(BaseModel):
    """What the database says of a device key."""

    key_id: str
    expires_at: datetime | None
    device: TokenDevice
    rate: Rate


def identify(credential: Credential, request_id: str) -> Identity:
    """Whose key this is; raises Unauthorized for keys of URLs and for tokens."""
    # A key in a URL is seen by many, and a token makes no other token.
    if credential.kind != "header":
        raise Unauthorized
    read = Identity.model_validate_json
    return call_as_device("identify_device", {}, credential, request_id, read, is_repeatable=True)


def issue_token(identity: Identity) -> Outcome:
    """The token, and for how long it holds."""
    issued_at = int(clock.now().timestamp())
    expires_at = issued_at + int(settings.device_token_days() * DAY_SECONDS)
    if identity.expires_at is not None:
        expires_at = min(expires_at, int(identity.expires_at.timestamp()))
    data = {
        "token": sign(claims(identity, issued_at, expires_at)),
        "token_type": "Bearer",
        "expires_in_seconds": expires_at - issued_at,
        "device": identity.device,
    }
    return Outcome(data, False, identity.rate, identity.device.external_id)


def claims(identity: Identity, issued_at: int, expires_at: int) -> dict[str, Any]:
    """What the token says. It has no `sub`: a device is no user."""
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "role": "device",
        "device_id": identity.device.id,
        "place_id": identity.device.place_id,
        "organization_id": identity.device.organization_id,
        "key_id": identity.key_id,
        "iat": issued_at,
        "exp": expires_at,
    }


def sign(payload: dict[str, Any]) -> str:
    """ES256 with the project's private key where there is one, else HS256 with its secret."""
    if not settings.jwt_private_key():
        if not settings.jwt_secret():
            raise NotConfigured("GATEBOOK_JWT_PRIVATE_KEY or GATEBOOK_JWT_SECRET")
        return str(jws.sign(payload, settings.jwt_secret(), algorithm="HS256"))
    try:
        key, key_id = _private_key()
        return str(jws.sign(payload, key, headers={"kid": key_id}, algorithm="ES256"))
    except Exception:
        # What jose says may quote the key.
        raise NotConfigured("A key for ES256 in GATEBOOK_JWT_PRIVATE_KEY, or its id,") from None


def _private_key() -> tuple[str | dict[str, Any], str]:
    """A JWK names itself, a PEM does not; by the name the platform finds the public key."""
    text = settings.jwt_private_key()
    if not text.lstrip().startswith("{"):
        if not settings.jwt_key_id():
            raise ValueError("A PEM has no name")
        # Many a place to keep secrets allows one line only.
        return text.replace("\\n", "\n"), settings.jwt_key_id()
    key: dict[str, Any] = json.loads(text)
    return key, settings.jwt_key_id() or key["kid"]
