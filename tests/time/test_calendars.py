"""What calendar programs are strict about."""

from datetime import UTC, datetime, timedelta

import pytest

from gatebook.time.calendars import Calendar, CalendarEntry, write_calendar

START = datetime(2026, 3, 28, 22, tzinfo=UTC)


def written(lasts: timedelta) -> list[bytes]:
    """The lines of a calendar with one entry."""
    entry = CalendarEntry(
        id="0d3a0000-0000-4000-8000-000000000051",
        started_at=START,
        ended_at=START + lasts,
        is_running=True,
        project_name=None,
        device_name=None,
        place_name=None,
        note=None,
        version=1,
        created_at=START,
        updated_at=START,
    )
    calendar = Calendar(person_name="Mira", organization_name="Harbour", entries=[entry])
    return write_calendar(calendar).split(b"\r\n")


def test_programs_are_told_to_come_back_within_the_hour() -> None:
    lines = written(timedelta(hours=1))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert b"X-PUBLISHED-TTL:PT1H" in lines


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(minutes=-1)])
def test_an_entry_of_no_length_has_no_end(lasts: timedelta) -> None:
    assert b"DTEND:20260328T230000Z" in written(timedelta(hours=1))
    lines = written(lasts)
    assert b"DTSTART:20260328T220000Z" in lines
    assert not any(line.startswith(b"DTEND") for line in lines)
