from collections.abc import Iterator

import pytest

from gatebook.ground.credential import Credential
from gatebook.taps import readings
from gatebook.taps.reading import EVERYONES, Reading

ONE, OTHER = Credential("header", "one"), Credential("url", "one")


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    readings.forget()
    yield
    readings.forget()


def test_a_reading_is_known_by_the_credential_that_learnt_it() -> None:
    readings.keep(ONE, Reading(version=3))
    assert readings.known(ONE).version == 3
    assert readings.known(OTHER) is EVERYONES


def test_a_device_that_reads_as_everyones_again_takes_no_room() -> None:
    readings.keep(ONE, Reading(version=3))
    readings.keep(ONE, Reading(version=0))
    assert readings.known(ONE) is EVERYONES


def test_what_was_learnt_first_is_forgotten_first() -> None:
    for number in range(readings.MOST_KEPT + 1):
        readings.keep(Credential("header", str(number)), Reading(version=1))
    assert readings.known(Credential("header", "0")) is EVERYONES
    assert readings.known(Credential("header", "1")).version == 1
