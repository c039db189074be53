"""What time itself brings about: entries at their limit end."""

from pydantic import BaseModel

from gatebook.ground.errors import NotConfigured
from gatebook.ground.settings import get_settings
from gatebook.supabase.rpc import call, read_reply

SWEEP_SECONDS = 60.0


class Swept(BaseModel):
    """What the sweep found to do."""

    entries_closed: int
    alerts_raised: int


def end_overdue_entries(request_id: str) -> Swept:
    """End what nobody ended, as service_role."""
    secret_key = get_settings().secret_key
    if not secret_key:
        raise NotConfigured("SUPABASE_SECRET_KEY")
    return read_reply(call("sweep", {}, request_id, SWEEP_SECONDS, key=secret_key), Swept.model_validate_json)
