"""A project that signs with ES256, as hosted ones do: PostgREST that knows the public key alone."""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tools.stack.postgres import PostgresStack, _postgrest
from tools.stack.processes import Process, answers, free_port

KEY_ID = "6ff2d1c6-6a9f-4a4c-8b39-9d8a5a5c1f10"


@dataclass(frozen=True)
class Es256Project:
    """Where it answers, and its key in every form."""

    rest_url: str
    private_jwk: dict[str, str]
    private_pem: str
    public_jwk: dict[str, str]
    public_pem: str


def new_keys() -> dict[str, Any]:
    """A key pair of the curve P-256."""
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.private_numbers()
    public = {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "kid": KEY_ID,
        "x": _base64url(numbers.public_numbers.x),
        "y": _base64url(numbers.public_numbers.y),
    }
    pem = serialization.Encoding.PEM
    return {
        "public_jwk": public,
        "private_jwk": {**public, "d": _base64url(numbers.private_value)},
        "public_pem": key.public_key()
        .public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode(),
        "private_pem": key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
    }


@contextmanager
def es256_project(stack: PostgresStack) -> Iterator[Es256Project]:
    """A second PostgREST on the database of this stack."""
    keys = new_keys()
    port, admin_port = free_port(), free_port()
    settings = {
        "PGRST_DB_URI": stack.cluster.url("authenticator"),
        "PGRST_DB_SCHEMAS": "public",
        "PGRST_DB_ANON_ROLE": "anon",
        "PGRST_DB_POOL": "2",
        "PGRST_JWT_SECRET": json.dumps({"keys": [keys["public_jwk"]]}),
        "PGRST_SERVER_HOST": "127.0.0.1",
        "PGRST_SERVER_PORT": str(port),
        "PGRST_ADMIN_SERVER_PORT": str(admin_port),
        "PGRST_LOG_LEVEL": "crit",
    }
    process = Process("PostgREST", [_postgrest()], log=stack.home / "es256.log", env=os.environ | settings)
    try:
        process.await_ready(lambda: answers(f"http://127.0.0.1:{admin_port}/ready"))
        yield Es256Project(rest_url=f"http://127.0.0.1:{port}", **keys)
    finally:
        process.stop()


def _base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
