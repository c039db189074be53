"""What a device says about the time. Nothing here raises: a bad clock is stored and flagged."""

import contextlib
import re
from datetime import UTC, datetime, timedelta

LONGEST_TEXT = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds up to the year 5138, milliseconds from 1973 on.
_FIRST_MILLISECOND = 100_000_000_000
_DIGITS = re.compile(r"\d{9,14}(?:\.\d{1,9})?", re.ASCII)
_ZONE_WORDS = ("UTC", "GMT", "Z")
_OFFSET = re.compile(r"[+-]\d\d:?\d\d")


def device_time_text(said: object) -> str | None:
    """What the device said, as text to keep; None if it said nothing."""
    if said is None or isinstance(said, dict | list):
        return None
    return str(said)[:LONGEST_TEXT] or None


def parse_device_time(said: object) -> str | None:
    """ISO 8601: in UTC if the device named an offset, naive if not, None if it is no time.

    Numbers are seconds since 1970, or milliseconds where seconds would be absurd. A date alone is
    no time. Which zone a naive time is in, and whether to believe it, the database decides.
    """
    try:
        if isinstance(said, bool):
            return None
        if isinstance(said, int | float):
            return _from_epoch(said)
        return _from_text(said.strip()) if isinstance(said, str) else None
    except (ValueError, OverflowError):
        return None


def utc_text(moment: str | None) -> str | None:
    """A timestamptz as PostgreSQL writes it into JSON, as ISO 8601 in UTC with a Z."""
    if moment is None or moment.endswith("Z"):
        return moment
    if moment.endswith("+00:00"):
        return moment[:-6] + "Z"
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _from_epoch(seconds: float) -> str:
    if abs(seconds) >= _FIRST_MILLISECOND:
        seconds /= 1000
    return (_EPOCH + timedelta(seconds=seconds)).isoformat()


def _from_text(text: str) -> str | None:
    # No notation of a time is this long, and what follows need not be quick for what is.
    if len(text) > LONGEST_TEXT:
        return None
    if text.endswith("Z") and ":" in text:
        # What nearly all readers say, without looking any further.
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text).isoformat()
    if _DIGITS.fullmatch(text):
        return _from_epoch(float(text))
    if ":" not in text and "T" not in text.upper():
        return None
    moment = datetime.fromisoformat(_with_offset(text.upper()))
    if moment.tzinfo is None:
        return moment.isoformat()
    # Python reads offsets that PostgreSQL does not, such as +23:59; in UTC they are the same to both.
    return moment.astimezone(UTC).isoformat()


def _with_offset(text: str) -> str:
    """With the offset right behind the time, and +00:00 in place of a word for it."""
    for word in _ZONE_WORDS:
        if text.endswith(word):
            return text[: -len(word)].rstrip() + "+00:00"
    for length in (6, 5):
        if _OFFSET.fullmatch(text[-length:]):
            return text[:-length].rstrip() + text[-length:]
    return text
