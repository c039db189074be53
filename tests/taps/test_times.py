from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.taps.times import device_time_text, parse_device_time, utc_text

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
)
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2025-04-11T15:23:42.000Z", "2025-04-11T15:23:42+00:00"),
        ("2025-04-11t15:23:42z", "2025-04-11T15:23:42+00:00"),
        ("2025-04-11T17:23:42+02:00", "2025-04-11T15:23:42+00:00"),
        ("2025-04-11 17:23:42 +0200", "2025-04-11T15:23:42+00:00"),
        ("2025-04-11 15:23:42 UTC", "2025-04-11T15:23:42+00:00"),
        ("2025-03-30 03:15:00", "2025-03-30T03:15:00"),
        ("2025-03-30T03:15", "2025-03-30T03:15:00"),
        (1744385022, "2025-04-11T15:23:42+00:00"),
        (1744385022500, "2025-04-11T15:23:42.500000+00:00"),
        ("1744385022", "2025-04-11T15:23:42+00:00"),
        (0, "1970-01-01T00:00:00+00:00"),
    ],
)
def test_a_time_is_understood(said: object, expected: str) -> None:
    assert parse_device_time(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        *(
            None,
            "",
            "Time not synced",
            "2025-04-11",
            "20250411",
            "25:00",
            "2025-02-30 10:00:00",
            True,
            [],
            {},
        ),
        *("2025-04-11 25:00:00", 1e308, 10**300, -(10**300), "0001-01-01T00:00:00+01:00"),
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_what_is_no_time_is_none(said: object) -> None:
    assert parse_device_time(said) is None


@given(anything)
def test_nothing_that_a_device_says_makes_trouble(said: Any) -> None:
    at = parse_device_time(said)
    assert at is None or datetime.fromisoformat(at)
    text = device_time_text(said)
    assert text is None or 1 <= len(text) <= 100


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=offsets))
def test_an_aware_time_keeps_its_instant(moment: datetime) -> None:
    at = parse_device_time(moment.isoformat())
    assert at is not None
    assert datetime.fromisoformat(at) == moment
    assert at.endswith("+00:00")


@given(st.datetimes())
def test_a_naive_time_stays_naive(moment: datetime) -> None:
    at = parse_device_time(moment.isoformat(" "))
    assert at is not None
    assert datetime.fromisoformat(at) == moment


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_seconds_and_milliseconds_are_one_instant(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    seconds = int(moment.timestamp())
    assert parse_device_time(seconds) == parse_device_time(seconds * 1000) == moment.isoformat()


def test_times_in_answers_are_in_utc_with_a_z() -> None:
    assert utc_text("2025-03-30T03:15:00.5+02:00") == "2025-03-30T01:15:00.500000Z"
    assert utc_text("2025-03-30T01:15:00+00:00") == utc_text("2025-03-30T01:15:00Z") == "2025-03-30T01:15:00Z"
    assert utc_text(None) is None
