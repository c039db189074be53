"""What a device says about the time. Nothing here raises: a bad clock is stored and flagged."""

import contextlib
import re
from datetime import UTC, datetime, timedelta

LONGEST_TEXT = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Seconds up to the year 5138, then milliseconds, microseconds and nanoseconds, each from 1973 on.
_UNITS = ((10**11, 1), (10**14, 1_000), (10**17, 1_000_000))
_PER_NANOSECOND = 1_000_000_000
_DIGITS = re.compile(r"\d{9,19}(?:\.\d{1,9})?", re.ASCII)
# 20261120081201, which as milliseconds would be the year 2612.
_COMPACT = re.compile(r"20\d{12}", re.ASCII)
_ZONE_WORD = re.compile(r"(?:UTC|GMT|Z)\Z")
_OFFSET = re.compile(r"[+-]\d\d:?\d\d\Z", re.ASCII)


def device_time_text(said: object) -> str | None:
    """What the device said, as text to keep; None if it said nothing."""
    if said is None or isinstance(said, dict | list):
        return None
    return str(said)[:LONGEST_TEXT] or None


def parse_device_time(said: object, day_first: bool | None = None) -> str | None:
    """ISO 8601: in UTC if the device named an offset, naive if not, None if it is no time.

    Numbers are since 1970, in the unit that is not absurd. A date alone is no time, and neither is one that
    could be two days; `day_first` says which of the two a device means. Which zone a naive time is in, and
    whether to believe it, the database decides.
    """
    try:
        if isinstance(said, bool):
            return None
        if isinstance(said, int | float):
            return _from_epoch(said)
        return _from_text(said.strip(), day_first) if isinstance(said, str) else None
    except (ValueError, OverflowError):
        return None


def utc_text(moment: str | None) -> str | None:
    """A timestamptz as PostgreSQL writes it into JSON, as ISO 8601 in UTC with a Z."""
    if moment is None or moment.endswith("Z"):
        return moment
    if moment.endswith("+00:00"):
        return moment[:-6] + "Z"
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _from_epoch(number: float) -> str:
    per_second = next((unit for limit, unit in _UNITS if abs(number) < limit), _PER_NANOSECOND)
    if isinstance(number, int) and per_second > 1:
        # Exact, where a float has no digits left.
        return (_EPOCH + timedelta(microseconds=number * 1_000_000 // per_second)).isoformat()
    return (_EPOCH + timedelta(seconds=number / per_second)).isoformat()


def _from_text(text: str, day_first: bool | None) -> str | None:
    # No notation of a time is this long.
    if len(text) > LONGEST_TEXT:
        return None
    if text.endswith("Z") and ":" in text:
        # What nearly all readers say, without looking any further.
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text).isoformat()
    if _COMPACT.fullmatch(text):
        return datetime.fromisoformat(f"{text[:8]}T{text[8:]}").isoformat()
    if _DIGITS.fullmatch(text):
        return _from_epoch(float(text) if "." in text else int(text))
    if ":" not in text and "T" not in text.upper():
        return None
    try:
        moment = datetime.fromisoformat(_joined(text.upper()))
    except ValueError:
        # Here alone, for it takes longer to import than to answer a tap.
        from gatebook.taps.notations import read_notation

        found = read_notation(text, day_first)
        if found is None:
            return None
        moment = found
    if moment.tzinfo is None:
        return moment.isoformat()
    # Python reads offsets that PostgreSQL does not, such as +23:59; in UTC they are the same to both.
    return moment.astimezone(UTC).isoformat()


def _joined(text: str) -> str:
    """With its zone as an offset, and nothing between it and the time."""
    zone = _ZONE_WORD.search(text)
    if zone:
        return text[: zone.start()].rstrip() + "+00:00"
    offset = _OFFSET.search(text)
    return text[: offset.start()].rstrip() + offset.group() if offset else text
