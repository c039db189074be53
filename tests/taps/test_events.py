"""One event: what is wrong with it is named as the reader named it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.taps.events import Ignored, Rejected, read_event
from gatebook.taps.maps import reading_of
from gatebook.taps.reading import EVERYONES, Reading

MAPPED = reading_of(
    {
        "version": 1,
        "payload_map": {"tag": "/t", "event": "/e", "direction": "/d", "in": ["on"], "out": ["off"]},
    }
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=8,
)
names = st.sampled_from(
    ["t", "e", "d", "uid", "type", "event", "action", "time", "tagPresent", "deviceId", "seq"]
)


def errors_of(payload: Any, reading: Reading = EVERYONES) -> list[str]:
    item = read_event(payload, None, "events.1", reading)
    assert isinstance(item, Rejected)
    return [error["field"] for error in item.errors]


def test_a_field_is_named_as_the_reader_named_it() -> None:
    assert errors_of({"cardUid": "x", "Event": "door_opened", "Direction": "up"}) == [
        *("events.1.cardUid", "events.1.Event", "events.1.Direction"),
    ]
    assert errors_of({"t": "x", "e": "door_opened", "d": "up"}, MAPPED) == [
        "events.1.t",
        "events.1.e",
        "events.1.d",
    ]


@pytest.mark.parametrize("payload", [{}, {"t": None}, {"t": ""}, {"uid": "dd542a83"}, [], "dd542a83", None])
def test_where_the_map_finds_no_tag_there_is_nothing_to_store(payload: Any) -> None:
    assert isinstance(read_event(payload, None, "", MAPPED), Ignored)


@pytest.mark.parametrize(
    ("said", "event_type"),
    [
        ("ON", "tag_insert"),
        ("off", "tag_removed"),
        (True, "tag_insert"),
        (False, "tag_removed"),
        (None, "tag_insert"),
    ],
)
def test_a_mapped_event_is_one_of_the_maps_words(said: object, event_type: str) -> None:
    item = read_event({"t": "dd542a83", "e": said}, None, "", MAPPED)
    assert isinstance(item, dict)
    assert item["event_type"] == event_type


@given(st.dictionaries(names, anything) | anything, st.sampled_from([EVERYONES, MAPPED]))
def test_nothing_that_a_reader_sends_makes_trouble(payload: Any, reading: Reading) -> None:
    said = payload if isinstance(payload, dict) else {"t": payload, "uid": payload}
    item = read_event(said, None, "", reading)
    assert isinstance(item, dict | Rejected | Ignored)
