import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.endpoint.json import parse_json
from gatebook.ground.errors import Invalid

storable = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(storable),
    lambda children: st.lists(children) | st.dictionaries(st.text(storable), children),
    max_leaves=20,
)


@given(values)
def test_json_means_what_it_says(value: Any) -> None:
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "Expecting value"),
        (b"{", "property name"),
        (b'{"a": NaN}', "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b"[1e999]", "1.7e308"),
        (b"9" * 400, "300 digits"),
        (b"9" * 5000, "300 digits"),
        (b"\xff\xfe", "UTF-8"),
        (b'"\xed\xa0\x80"', "UTF-8"),
        (b'"\x00"', "control character"),
        (b"[" * 65 + b"]" * 65, "64 levels"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "64 levels"),
        (b"[" * 500_000, "64 levels"),
        (b"[" * 500_000 + b"]" * 500_000, "64 levels"),
    ],
)
def test_what_is_no_json_is_refused(body: bytes, word: str) -> None:
    with pytest.raises(Invalid, match=word):
        parse_json(body)


@given(st.binary())
def test_no_bytes_make_trouble(body: bytes) -> None:
    try:
        parse_json(body)
    except Invalid:
        return


def test_64_levels_are_deep_enough() -> None:
    assert parse_json(b"[" * 64 + b"]" * 64)


def test_what_postgresql_cannot_hold_is_replaced() -> None:
    assert parse_json(rb'{"a\u0000": ["\ud800x", "\ud83d\ude00"]}') == {"a\ufffd": ["\ufffdx", "😀"]}


def test_keys_and_tokens_do_not_get_into_payloads() -> None:
    body = b'{"a": "gb_' + b"x" * 36 + b'", "b": ["eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln"]}'
    assert parse_json(body) == {"a": "[redacted]", "b": ["[redacted]"]}
