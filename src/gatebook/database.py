"""The database as the functions know it: one remote procedure call each."""

import json
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, NoReturn, TypeVar

from pydantic import BaseModel, Field
from pydantic_core import to_json

from gatebook.credentials import Credential
from gatebook.errors import Invalid, NotConfigured, NotFound, RateLimited, Unauthorized, Unavailable
from gatebook.postgrest import PostgrestClient, Reply
from gatebook.settings import get_settings

READY_SECONDS = 1.8
SWEEP_SECONDS = 60.0


class Rate(BaseModel):
    """What the device may still ask in this minute."""

    limit: int
    remaining: int
    reset_seconds: int


class Device(BaseModel):
    """Whose credential it is."""

    external_id: str


class TimeEntry(BaseModel):
    """What an event opened or closed."""

    id: str
    change: str
    started_at: str
    ended_at: str | None


class Kept(BaseModel):
    """An event that is in the book, from now or from before."""

    status: Literal["stored", "duplicate"]
    event_id: int
    occurred_at: str
    time_quality: str
    time_entry: TimeEntry | None


class Refused(BaseModel):
    """An event that is not this device's to tell."""

    status: Literal["rejected"]
    error: str
    detail: str


class Recorded(BaseModel):
    """What became of the events, in order."""

    device: Device
    rate: Rate
    results: list[Annotated[Kept | Refused, Field(discriminator="status")]]


class Swept(BaseModel):
    """What the sweep found to do."""

    entries_closed: int
    alerts_raised: int


class CalendarEntry(BaseModel):
    """An entry as a calendar shows it."""

    id: str
    started_at: datetime
    ended_at: datetime
    is_running: bool
    project_name: str | None
    device_name: str | None
    place_name: str | None
    note: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class Calendar(BaseModel):
    """A person's time, the oldest entry first."""

    person_name: str
    organization_name: str
    entries: list[CalendarEntry]


AnswerModel = TypeVar("AnswerModel", bound=BaseModel)


def record_device_events(
    credential: Credential, events: Sequence[dict[str, object]], request_id: str
) -> Recorded:
    """Check the credential and store the events: one request, one transaction."""
    recorded = call_as_device("record_device_events", {"events": events}, credential, request_id, Recorded)
    if len(recorded.results) != len(events):
        raise Unavailable("PostgREST answered for another number of events")
    return recorded


def ping(request_id: str) -> bool:
    """Whether the database answers within 2 s."""
    try:
        return _call("ping", {}, request_id, READY_SECONDS).status == 200
    except Unavailable:
        return False


def calendar_entries(token: str, request_id: str) -> Calendar:
    """The time behind a calendar link; raises NotFound for any token that does not work."""
    reply = _call("calendar_entries", {"token": token}, request_id, get_settings().timeout_seconds)
    if reply.status == 404 and b'"not_found"' in reply.body:
        raise NotFound("There is no such calendar.")
    return _read(reply, Calendar)


def sweep(request_id: str) -> Swept:
    """End what nobody ended, as service_role."""
    secret_key = get_settings().secret_key
    if not secret_key:
        raise NotConfigured("SUPABASE_SECRET_KEY")
    return _read(_call("sweep", {}, request_id, SWEEP_SECONDS, key=secret_key), Swept)


def _read(reply: Reply, answer: type[AnswerModel]) -> AnswerModel:
    if reply.status != 200:
        raise Unavailable(f"PostgREST answered {reply.status}")
    try:
        return answer.model_validate_json(reply.body)
    except ValueError as error:
        raise Unavailable(f"PostgREST answered {reply.status} with nonsense") from error


def call_as_device(
    function: str,
    arguments: dict[str, object],
    credential: Credential,
    request_id: str,
    answer: type[AnswerModel],
) -> AnswerModel:
    """Call a function that takes a device's credential; raises what it refuses with."""
    is_token = credential.kind == "token"
    key, token = (None, credential.secret) if is_token else (credential.secret, None)
    arguments = {**arguments, "device_key": key, "key_kind": credential.kind}
    reply = _call(function, arguments, request_id, get_settings().timeout_seconds, token)
    try:
        if reply.status != 200:
            _refuse(reply, is_token)
        return answer.model_validate_json(reply.body)
    except (ValueError, TypeError, KeyError) as error:
        raise Unavailable(f"PostgREST answered {reply.status} with nonsense") from error


class _Client:
    """The client of this process, made when it is first needed: a server forks before that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: PostgrestClient | None = None

    def get(self) -> PostgrestClient:
        with self._lock:
            if self._client is None:
                settings = get_settings()
                self._client = PostgrestClient(settings.rest_url, settings.threads)
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


def _call(
    function: str,
    arguments: dict[str, object],
    request_id: str,
    seconds: float,
    token: str | None = None,
    key: str | None = None,
) -> Reply:
    key = key or get_settings().publishable_key
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
    return _client.get().post(f"/rpc/{function}", to_json(arguments), headers, seconds)


def _refuse(reply: Reply, is_token: bool) -> NoReturn:
    """Turn PostgREST's refusal into ours; nothing that it says reaches the client."""
    problem = dict(json.loads(reply.body))
    code, message = str(problem.get("code")), str(problem.get("message"))
    # A bad token fails before the function runs; a bad publishable key is our own fault and no 401.
    if message == "invalid_credential" or (is_token and reply.status in (401, 403) and "code" in problem):
        raise Unauthorized
    if message == "rate_limited":
        details = json.loads(problem["details"])
        raise RateLimited(int(details["limit"]), int(details["retry_after_seconds"]))
    if reply.status == 422 or code.startswith("22"):
        raise Invalid("The request holds a value that cannot be stored.")
    raise Unavailable(f"PostgREST answered {reply.status}, code {code[:40]}")
