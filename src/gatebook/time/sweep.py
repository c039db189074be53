"""What time itself brings about: entries at their limit end."""

from pydantic import BaseModel

from gatebook.supabase.service import call_as_service

SWEEP_SECONDS = 60.0


class Swept(BaseModel):
    """What the sweep found to do."""

    entries_closed: int
    alerts_raised: int


def end_overdue_entries(request_id: str) -> Swept:
    """End what nobody ended."""
    # Not repeatable: a second one finds nothing to do, and would say so. The scheduler calls again anyway.
    return call_as_service("sweep", {}, request_id, SWEEP_SECONDS, Swept.model_validate_json)
