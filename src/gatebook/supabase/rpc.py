"""The database as the functions know it: one remote procedure call each.

What a call answers is described where it is used: a function starts sooner with few models to build.
"""

import json
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

from pydantic_core import to_json

from gatebook.ground.credential import Credential, UserToken
from gatebook.ground.errors import Invalid, RateLimited, Unauthorized, Unavailable
from gatebook.supabase import settings
from gatebook.supabase.client import PostgrestClient, Reply

READY_SECONDS = 1.8
# What reading an answer raises that is not what it should be; the last for one that is nested too deeply.
NONSENSE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
Value = TypeVar("Value")


def ping(request_id: str) -> bool:
    """Whether the database answers within 2 s."""
    try:
        return call("ping", {}, request_id, READY_SECONDS, is_repeatable=True).status == 200
    except Unavailable:
        return False


def require_user(token: UserToken, request_id: str) -> None:
    """Ask for nothing in the user's name; raises Unauthorized if PostgREST refuses the token."""
    seconds = settings.timeout_seconds()
    reply = call("ping", {}, request_id, seconds, token=token.secret, is_repeatable=True)
    if reply.status != 200:
        _refuse(reply, is_token=True)


def call_as_device(
    function: str,
    arguments: dict[str, object],
    credential: Credential,
    request_id: str,
    read: Callable[[bytes], Value],
    *,
    is_repeatable: bool,
) -> Value:
    """Call a function that takes a device's credential; raises what it refuses with."""
    is_token = credential.kind == "token"
    key, token = (None, credential.secret) if is_token else (credential.secret, None)
    arguments = {**arguments, "device_key": key, "key_kind": credential.kind}
    seconds = settings.timeout_seconds()
    reply = call(function, arguments, request_id, seconds, token=token, is_repeatable=is_repeatable)
    if reply.status != 200:
        _refuse(reply, is_token=is_token)
    return read_reply(reply, read)


def read_reply(reply: Reply, read: Callable[[bytes], Value]) -> Value:
    """What a successful reply says; raises Unavailable for any other, and for nonsense."""
    if reply.status != 200:
        raise Unavailable(f"PostgREST answered {reply.status}")
    try:
        return read(reply.body)
    except NONSENSE as error:
        raise Unavailable("PostgREST answered 200 with nonsense") from error


class _Client:
    """The client of this process, made when it is first needed: a server forks before that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: PostgrestClient | None = None

    def get(self) -> PostgrestClient:
        with self._lock:
            if self._client is None:
                self._client = PostgrestClient(settings.rest_url(), settings.threads())
            return self._client

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None


_client = _Client()


def close_client() -> None:
    """Close the connections; the next call makes a client anew, of the settings as they are then."""
    _client.close()


def call(
    function: str,
    arguments: dict[str, object],
    request_id: str,
    seconds: float,
    *,
    token: str | None = None,
    key: str | None = None,
    is_repeatable: bool = False,
) -> Reply:
    """Call a function of the database: as whom `token` names, else in the role of `key`, else as anon.

    `is_repeatable` declares that making the call twice comes to the same as making it once: then it is made
    again if the connection breaks, when nobody knows whether the first one arrived.
    """
    key = key or settings.publishable_key()
    headers = {
        "apikey": key,
        "Content-Type": "application/json",
        "Accept": "application/json",
        # The audit log keeps it.
        "X-Request-ID": request_id,
    }
    # Keys of the older kind are JWTs, which PostgREST itself reads; the newer ones it must not see.
    if bearer := token or (key if key.startswith("eyJ") else None):
        headers["Authorization"] = f"Bearer {bearer}"
    return _client.get().post(
        f"/rpc/{function}", to_json(arguments), headers, seconds, is_repeatable=is_repeatable
    )


def _refuse(reply: Reply, *, is_token: bool) -> NoReturn:
    """Turn PostgREST's refusal into ours; nothing that it says reaches the client."""
    try:
        problem = dict(json.loads(reply.body))
        code, message = str(problem.get("code")), str(problem.get("message"))
        details = json.loads(problem["details"]) if message == "rate_limited" else {}
        limit, retry_after_seconds = int(details.get("limit", 0)), int(details.get("retry_after_seconds", 0))
    except NONSENSE as error:
        raise Unavailable(f"PostgREST answered {reply.status} with nonsense") from error
    # A bad token fails before the function runs; a bad publishable key is our own fault and no 401.
    if message == "invalid_credential" or (is_token and reply.status in (401, 403) and "code" in problem):
        raise Unauthorized
    if message == "rate_limited":
        raise RateLimited(limit, retry_after_seconds)
    if reply.status == 422 or code.startswith("22"):
        raise Invalid("The request holds a value that cannot be stored.")
    raise Unavailable(f"PostgREST answered {reply.status}, code {code[:40]}")
