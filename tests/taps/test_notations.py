import time
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.taps.notations import read_notation
from gatebook.taps.times import parse_device_time

LOCAL, UTC_TIME = "2026-11-20T08:12:01", "2026-11-20T07:12:01+00:00"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026/11/20 08:12:01", LOCAL),
        ("2026/11/10 08:12:01", "2026-11-10T08:12:01"),
        ("2026.11.20 08:12:01", LOCAL),
        ("20.11.2026 08:12", "2026-11-20T08:12:00"),
        ("10.11.2026, 8:05", "2026-11-10T08:05:00"),
        ("Fri, 20 Nov 2026 08:12:01 +0100", UTC_TIME),
        ("20 Nov 2026 07:12:01 GMT", UTC_TIME),
        ("Fri Nov 20 08:12:01 2026", LOCAL),
        ("Fri Nov  6 08:12:01 2026", "2026-11-06T08:12:01"),
        ("Fri Nov 20 08:12:01 CET 2026", UTC_TIME),
        ("Fri Nov 20 2026 08:12:01 GMT+0100 (Central European Standard Time)", UTC_TIME),
        ("2026-11-20 8:2:1", "2026-11-20T08:02:01"),
        ("2026-11-20 08:12:01 Europe/Vienna", UTC_TIME),
        ("08:12:01 20.11.2026", LOCAL),
        ("November 20, 2026 8:12:01 AM", LOCAL),
        ("31/10/2026 08:12:01", "2026-10-31T08:12:01"),
        ("10/31/2026 08:12:01", "2026-10-31T08:12:01"),
        ("11/11/2026 08:12:01", "2026-11-11T08:12:01"),
        ("20261120081201", LOCAL),
        (1795158721000000, UTC_TIME),
        (1795158721000000000, UTC_TIME),
        ("1795158721000000", UTC_TIME),
    ],
)
def test_a_readable_time_is_a_time(said: object, expected: str) -> None:
    assert parse_device_time(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        *("10/11/2026 08:12", "12-11-2026 08:12", "20.11.26 08:12", "Nov 2026 08:12", "20.11. 08:12"),
        *("2026-11-20 08:12 XYZ", "2026-11-20 08:12 IST", "2026-11-20 08:12 Foo/Bar", "2026-11-20 25:12 x"),
        *("Time not synced", "Time 10:20 not set 2026", "uptime 1:02:03 of 2026", "32.11.2026 08:12"),
    ],
)
def test_what_could_be_two_times_or_none_is_none(said: str) -> None:
    assert parse_device_time(said) is None


def test_a_device_says_which_of_two_days_it_means() -> None:
    assert parse_device_time("10/11/2026 08:12", day_first=True) == "2026-11-10T08:12:00"
    assert parse_device_time("10/11/2026 08:12", day_first=False) == "2026-10-11T08:12:00"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_slashes_are_never_a_wrong_day(moment: datetime, order: str) -> None:
    moment = moment.replace(microsecond=0)
    at = parse_device_time(moment.strftime(f"{order} %H:%M:%S"))
    assert at in (None, moment.isoformat())
    assert (at is None) == (moment.day <= 12 and moment.day != moment.month)


@pytest.mark.parametrize("unit", ["1:", "1:1 ", "2026-", "(", "Z", "+01:00", "A/", "1/2026 1:1", " "])
def test_a_long_text_takes_no_longer_than_a_short_one(unit: str) -> None:
    def seconds(count: int) -> float:
        text = "1:1 2026 " + unit * count + "X"
        best = 9.0
        for _ in range(5):
            started = time.process_time()
            parse_device_time(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(200_000) < 20 * seconds(1_000) + 0.01


def test_without_a_clock_or_a_year_nothing_is_filled_in() -> None:
    assert read_notation("20 Nov 08:12", None) is None
    assert read_notation("20 Nov 2026", None) is None
