"""Where Supabase is, and what anybody may know of it. The secret key is read in service.py alone."""

import os

from gatebook.ground import settings


@settings.once
def rest_url() -> str:
    """Where PostgREST answers."""
    # A bare PostgREST has no such prefix, hence a setting of its own.
    if url := settings.text("SUPABASE_REST_URL").rstrip("/"):
        return url
    supabase_url = settings.text("SUPABASE_URL").rstrip("/")
    return f"{supabase_url}/rest/v1" if supabase_url else ""


@settings.once
def publishable_key() -> str:
    """With it a caller is `anon`."""
    return settings.text("SUPABASE_PUBLISHABLE_KEY")


@settings.once
def timeout_seconds() -> float:
    """How long one call of the database may take."""
    return settings.number("SUPABASE_TIMEOUT_SECONDS", 8)


@settings.once
def threads() -> int:
    """How many requests this process answers at once, and so how many connections it needs."""
    # What functions-framework starts where THREADS is not set.
    return int(settings.number("THREADS", (os.cpu_count() or 1) * 4))
