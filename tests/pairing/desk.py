"""Taps at one reader on one morning."""

from datetime import UTC, datetime, timedelta

from tests.pairing.reference import Event

A, B = "DD542A83", "E1000001"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOON = EIGHT + 4 * HOUR


def insert(at: datetime, tag: str = A) -> Event:
    return Event("desk", "tag_insert", tag, at)


def removal(at: datetime, tag: str = A) -> Event:
    return Event("desk", "tag_removed", tag, at)
