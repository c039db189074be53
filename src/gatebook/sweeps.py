"""What time itself brings about: entries at their limit end."""

from pydantic import BaseModel

from gatebook.database import call, read_reply
from gatebook.errors import NotConfigured
from gatebook.settings import get_settings

SWEEP_SECONDS = 60.0


class Swept(BaseModel):
    """What the sweep found to do."""

    entries_closed: int
    alerts_raised: int


def sweep(request_id: str) -> Swept:
    """End what nobody ended, as service_role."""
    secret_key = get_settings().secret_key
    if not secret_key:
        raise NotConfigured("SUPABASE_SECRET_KEY")
    return read_reply(call("sweep", {}, request_id, SWEEP_SECONDS, key=secret_key), Swept.model_validate_json)
