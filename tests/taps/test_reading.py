from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.taps.reading import EVERYONES, NOTHING, Pointer, Reading

VALUE = {"a": {"b": [10, {"c": "x"}]}, "": 1, "m/n": 2, "m~n": 3}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
)


@pytest.mark.parametrize(
    ("pointer", "found"),
    [
        *(("", VALUE), ("/a/b/0", 10), ("/a/b/1/c", "x"), ("/", 1), ("/m~1n", 2), ("/m~0n", 3)),
        *(("/a/b/2", NOTHING), ("/a/x", NOTHING), ("/a/b/-", NOTHING), ("/a/b/0/c", NOTHING)),
    ],
)
def test_a_pointer_finds_what_rfc_6901_says(pointer: str, found: Any) -> None:
    assert Pointer.parse(pointer).find(VALUE) == found


@given(st.text().map(lambda text: f"/{text}"), anything)
def test_no_pointer_makes_trouble(pointer: str, value: Any) -> None:
    found = Pointer.parse(pointer).find(value)
    assert found is NOTHING or isinstance(found, type(None) | bool | int | str | list | dict)


def test_a_word_of_the_map_says_which_side_it_is() -> None:
    reading = Reading(inserts=frozenset({"on", "true", "1"}), removals=frozenset({"cardoff"}))
    assert [reading.side_of(said) for said in ("ON", True, 1, "card_off", "x", None)] == [
        *("in", "in", "in", "out"),
        *(None, None),
    ]
    assert EVERYONES.side_of("on") is None
