"""What the domain hands back to a handler; the endpoint makes an answer of it."""

from typing import NamedTuple


class Rate(NamedTuple):
    """What the device may still ask in this minute."""

    limit: int
    remaining: int
    reset_seconds: int


class Outcome(NamedTuple):
    """What a device's request came to."""

    data: object
    is_new: bool
    """Whether something was made by it that was not there before."""
    rate: Rate
    device: str
    """The device as its organization calls it."""
