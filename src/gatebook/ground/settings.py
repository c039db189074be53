"""Every setting of the functions, read from the environment on first use."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gatebook.ground.errors import NotConfigured

LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the functions are told from outside; .env.example explains each.

    What is missing or wrong shows when it is needed, as NotConfigured, so that /live is always up.
    """

    rest_url: str
    publishable_key: str
    timeout_text: str
    allowed_origins: frozenset[str]
    version: str
    commit: str
    threads_text: str
    # Only functions that the scheduler calls are given these.
    secret_key: str = field(repr=False)
    task_token: str = field(repr=False)
    # Only device_token is given these: what the project signs with.
    jwt_secret: str = field(repr=False)
    jwt_private_key: str = field(repr=False)
    jwt_key_id: str
    device_token_days_text: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings, without the line break that many a secret store leaves at the end."""

        def text(name: str) -> str:
            return environment.get(name, "").strip()

        supabase_url = text("SUPABASE_URL").rstrip("/")
        origins = text("GATEBOOK_ALLOWED_ORIGINS").split(",")
        return cls(
            # A bare PostgREST has no such prefix, hence a setting of its own.
            rest_url=text("SUPABASE_REST_URL").rstrip("/")
            or (f"{supabase_url}/rest/v1" if supabase_url else ""),
            publishable_key=text("SUPABASE_PUBLISHABLE_KEY"),
            timeout_text=text("SUPABASE_TIMEOUT_SECONDS"),
            allowed_origins=frozenset(origin.strip().rstrip("/") for origin in origins if origin.strip()),
            version=text("GATEBOOK_VERSION") or _package_version(),
            commit=text("GATEBOOK_COMMIT") or "unknown",
            threads_text=text("THREADS"),
            secret_key=text("SUPABASE_SECRET_KEY"),
            task_token=text("GATEBOOK_TASK_TOKEN"),
            jwt_secret=text("GATEBOOK_JWT_SECRET"),
            jwt_private_key=text("GATEBOOK_JWT_PRIVATE_KEY"),
            jwt_key_id=text("GATEBOOK_JWT_KEY_ID"),
            device_token_days_text=text("GATEBOOK_DEVICE_TOKEN_DAYS"),
        )

    @property
    def timeout_seconds(self) -> float:
        """How long one call of the database may take."""
        return _number("SUPABASE_TIMEOUT_SECONDS", self.timeout_text or "8")

    @property
    def threads(self) -> int:
        """How many requests this process answers at once."""
        # What functions-framework starts where THREADS is not set.
        return int(_number("THREADS", self.threads_text or str((os.cpu_count() or 1) * 4)))

    @property
    def device_token_days(self) -> float:
        """How long a device token is valid."""
        return _number("GATEBOOK_DEVICE_TOKEN_DAYS", self.device_token_days_text or "30")


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process. Tests call get_settings.cache_clear() after changing the environment."""
    return Settings.from_environment(os.environ)


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    # Nor is it nan or inf.
    if not 0 < number <= LARGEST_NUMBER:
        raise NotConfigured(name, f"must be a number from above 0 to {LARGEST_NUMBER}, found {text[:20]!r}")
    return number


def _package_version() -> str:
    # Costs 10 ms, for those who did not set it.
    from importlib import metadata

    try:
        return metadata.version("gatebook")
    except metadata.PackageNotFoundError:  # staged beside main.py instead of installed
        return "unknown"
