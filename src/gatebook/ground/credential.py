"""What a caller shows: made by the endpoint, carried by the domain, checked by the database."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Credential:
    """What a device showed: a key of the kind that fits the place it stood in, or a device token."""

    kind: Literal["header", "url", "token"]
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserToken:
    """What a signed-in user showed: the token that Supabase Auth gave."""

    secret: str = field(repr=False)
