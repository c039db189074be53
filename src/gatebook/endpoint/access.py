"""Who may ask: every kind of access is checked here, and nowhere else."""

from collections.abc import Mapping
from typing import assert_never

from werkzeug.datastructures import Headers

from gatebook.devices.keys import is_well_formed
from gatebook.endpoint.credentials import device_credential, require_task_token, user_token
from gatebook.endpoint.routes import Access
from gatebook.ground.credential import Credential, UserToken
from gatebook.ground.errors import NotFound
from gatebook.supabase.rpc import require_user

Caller = Credential | UserToken | None


def caller_of(
    access: Access,
    headers: Headers,
    parameters: Mapping[str, str],
    request_id: str,
    *,
    calls_as_user: bool,
) -> Caller:
    """What the caller shows, as far as it is told without the database; raises Unauthorized, or NotFound.

    Devices' credentials and the tokens of links are checked by the call that uses them. A user's token is
    checked here, unless the handler makes its call with it.
    """
    match access:
        case "anyone":
            return None
        case "device":
            return device_credential(headers, None)
        case "url_key":
            return device_credential(headers, parameters["url_key"])
        case "link":
            if not is_well_formed(parameters["token"]):
                raise NotFound("There is nothing behind this link.")
            return None
        case "user":
            token = user_token(headers)
            if not calls_as_user:
                require_user(token, request_id)
            return token
        case "task":
            require_task_token(headers)
            return None
        case _:
            assert_never(access)
