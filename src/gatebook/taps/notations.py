"""Times in the notations that are not ISO 8601, read so that no guess is left."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser

_LONGEST = 200
# Without these no instant can be meant; the parser would fill in what is missing.
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{1,2}(?!\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"\D*\d{4}\s?[/.-]", re.ASCII)
_DOTS = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?\d{4}", re.ASCII)
_COMMENT = re.compile(r"\([^()]*\)")
_ZONE_NAME = re.compile(r"[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}\Z")
# GMT+0100 is an hour ahead of GMT, whatever POSIX says.
_GMT_BEFORE_OFFSET = re.compile(r"(?:GMT|UTC)(?=[+-]\d)")
# Filled in for what a text leaves open: two that agree on nothing show what was.
_ONE, _OTHER = datetime(2001, 2, 3), datetime(2004, 5, 6)
# Abbreviations that mean one offset; RFC 2822 has those of North America. IST, BST and CST are several zones.
_ABBREVIATIONS = {
    "UTC": 0,
    "GMT": 0,
    "UT": 0,
    "Z": 0,
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
}


def read_notation(text: str, day_first: bool | None) -> datetime | None:
    """The one time that the text can mean; None where it means none, or two.

    The year comes whole. Dots are day-first; for slashes and dashes `day_first` decides, and without it only
    what cannot be read in two ways is read. Raises ValueError or OverflowError for some of what is no time.
    """
    if len(text) > _LONGEST:
        return None
    text = _COMMENT.sub(" ", text).strip()
    if not _CLOCK.search(text) or not _YEAR.search(text):
        return None
    zone: tzinfo | None = None
    if named := _ZONE_NAME.search(text):
        text, zone = text[: named.start()].rstrip(), _zone(named.group())
    text = _GMT_BEFORE_OFFSET.sub("", text)
    if _YEAR_FIRST.match(text):
        orders = (False, False)
    elif _DOTS.search(text):
        orders = (True, True)
    else:
        orders = (True, False) if day_first is None else (day_first, day_first)
    one, other = (
        parser.parse(text, dayfirst=order, default=default, tzinfos=_offset)
        for order, default in zip(orders, (_ONE, _OTHER), strict=True)
    )
    if one != other or one.tzinfo != other.tzinfo:
        return None
    return one if zone is None or one.tzinfo is not None else one.replace(tzinfo=zone)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error


def _offset(name: str | None, seconds: int | None) -> tzinfo | None:
    """Raises ValueError for an abbreviation that could mean several zones, or none."""
    if seconds is None:
        if name is None:
            return None
        hours = _ABBREVIATIONS.get(name.upper())
        if hours is None:
            raise ValueError(name)
        seconds = hours * 3600
    return timezone(timedelta(seconds=seconds))
