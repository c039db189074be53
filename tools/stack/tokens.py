"""Signed tokens and generated secrets, as Supabase makes them."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProjectSecrets:
    """What a Supabase project is set up with, new for every stack."""

    publishable_key: str
    secret_key: str
    jwt_secret: str


def new_project_secrets() -> ProjectSecrets:
    """Random keys in today's form: opaque, recognisable by their beginning."""
    return ProjectSecrets(
        publishable_key=f"sb_publishable_{secrets.token_hex(16)}",
        secret_key=f"sb_secret_{secrets.token_hex(16)}",
        jwt_secret=secrets.token_hex(32),
    )


def sign_jwt(claims: dict[str, Any], jwt_secret: str, lifetime_seconds: int = 3600) -> str:
    """A token signed with HS256 that is valid from now."""
    now = int(time.time())
    head = _base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = _base64url(json.dumps({"iat": now, "exp": now + lifetime_seconds, **claims}).encode())
    signature = hmac.digest(jwt_secret.encode(), f"{head}.{body}".encode(), hashlib.sha256)
    return f"{head}.{body}.{_base64url(signature)}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
