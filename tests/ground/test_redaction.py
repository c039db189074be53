"""No key and no token in any text."""

import pytest

from gatebook.devices.keys import generate_key
from gatebook.ground.redaction import quoted, redact

KEY = generate_key()


@pytest.mark.parametrize(
    "secret",
    [
        # Named, since workers must find the same tests.
        pytest.param(KEY, id="key"),
        pytest.param(KEY[:9], id="piece of a key"),
        "sb_secret_x1-y",
        "sb_publishable_x1",
        "eyJhbGci.eyJyb2xl.c2lnbmF0dXJl",
        "eyJhbGci.",
    ],
)
def test_a_secret_or_a_piece_of_one_is_taken_out(secret: str) -> None:
    assert redact(f"before {secret}, after") == "before [redacted], after"


def test_a_key_within_what_begins_like_a_token_is_taken_out() -> None:
    assert redact(f"eyJabc-{KEY}") == "eyJabc-[redacted]"
    assert redact("eyJeyJ_sb_secret_x") == "eyJeyJ_[redacted]"


@pytest.mark.parametrize("text", ["", "a tap", "gb_1", "eyJ", "sb_other_x"])
def test_other_text_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"a": 1}, "an object"),
        ([1], "an array"),
        ("dd 54", "'dd 54'"),
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        ("x" * 41, f"'{'x' * 40}…'"),
        ("x" * 9000, f"'{'x' * 40}…'"),
        pytest.param(f"{KEY} " * 300, "'[redacted] [redacted] [redacted] [redact…'", id="keys"),
        pytest.param(KEY, "'[redacted]'", id="key"),
    ],
)
def test_what_was_found_is_quoted_short_and_harmless(value: object, words: str) -> None:
    assert quoted(value) == words
