"""The one clock: whoever needs the time of day asks here, so that a test may set it."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime

_set_to: datetime | None = None


def now() -> datetime:
    """The present moment in UTC, or the one that a test has set."""
    return _set_to or datetime.now(UTC)


@contextlib.contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Stand still at this moment, in every thread of this process; for tests."""
    global _set_to
    before, _set_to = _set_to, moment.astimezone(UTC)
    try:
        yield
    finally:
        _set_to = before
