"""Every setting of the functions, read from the environment on first use."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Settings:
    """What the functions are told from outside; .env.example explains each."""

    rest_url: str
    publishable_key: str
    timeout_seconds: float
    allowed_origins: frozenset[str]
    version: str
    commit: str
    threads: int
    # Only functions that the scheduler calls are given these.
    secret_key: str = field(repr=False)
    task_token: str = field(repr=False)
    # Only device_token is given these: what the project signs with.
    jwt_secret: str = field(repr=False)
    jwt_private_key: str = field(repr=False)
    jwt_key_id: str
    device_token_days: float

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings; what is missing shows when it is needed, so that /live is always up."""
        supabase_url = environment.get("SUPABASE_URL", "").rstrip("/")
        origins = environment.get("GATEBOOK_ALLOWED_ORIGINS", "").split(",")
        return cls(
            # A bare PostgREST has no such prefix, hence a setting of its own.
            rest_url=environment.get("SUPABASE_REST_URL", "").rstrip("/")
            or (f"{supabase_url}/rest/v1" if supabase_url else ""),
            publishable_key=environment.get("SUPABASE_PUBLISHABLE_KEY", ""),
            timeout_seconds=float(environment.get("SUPABASE_TIMEOUT_SECONDS") or 8),
            allowed_origins=frozenset(origin.strip().rstrip("/") for origin in origins if origin.strip()),
            version=environment.get("GATEBOOK_VERSION") or _package_version(),
            commit=environment.get("GATEBOOK_COMMIT") or "unknown",
            # What functions-framework starts where THREADS is not set.
            threads=int(environment.get("THREADS") or (os.cpu_count() or 1) * 4),
            secret_key=environment.get("SUPABASE_SECRET_KEY", ""),
            task_token=environment.get("GATEBOOK_TASK_TOKEN", ""),
            jwt_secret=environment.get("GATEBOOK_JWT_SECRET", ""),
            jwt_private_key=environment.get("GATEBOOK_JWT_PRIVATE_KEY", ""),
            jwt_key_id=environment.get("GATEBOOK_JWT_KEY_ID", ""),
            device_token_days=float(environment.get("GATEBOOK_DEVICE_TOKEN_DAYS") or 30),
        )


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process. Tests call get_settings.cache_clear() after changing the environment."""
    return Settings.from_environment(os.environ)


def _package_version() -> str:
    # Costs 10 ms, for those who did not set it.
    from importlib import metadata

    try:
        return metadata.version("gatebook")
    except metadata.PackageNotFoundError:  # staged beside main.py instead of installed
        return "unknown"
