"""Calls in the role service_role, which sees everything. Only functions with the secret key import it."""

from collections.abc import Callable
from typing import TypeVar

from gatebook.ground import settings
from gatebook.supabase.rpc import call, read_reply

Value = TypeVar("Value")


def call_as_service(
    function: str,
    arguments: dict[str, object],
    request_id: str,
    seconds: float,
    read: Callable[[bytes], Value],
    *,
    is_repeatable: bool = False,
) -> Value:
    """Call a function that only service_role may execute."""
    reply = call(function, arguments, request_id, seconds, key=_secret_key(), is_repeatable=is_repeatable)
    return read_reply(reply, read)


@settings.once
def _secret_key() -> str:
    return settings.required("SUPABASE_SECRET_KEY")
