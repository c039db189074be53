import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatebook.devices.keys import ALPHABET, check_digits, generate_key, is_well_formed

keys = st.text(ALPHABET, min_size=30, max_size=30).map(lambda text: f"gb_{text}{check_digits(f'gb_{text}')}")


def test_the_check_digits_are_those_of_a_known_key() -> None:
    assert check_digits("gb_" + "0" * 30) == "4dv4qo"
    assert is_well_formed("gb_" + "0" * 30 + "4dv4qo")


def test_a_generated_key_is_well_formed() -> None:
    assert all(is_well_formed(generate_key()) for _ in range(100))


@given(keys)
@settings(max_examples=10)
def test_every_wrong_character_is_seen(key: str) -> None:
    for place in range(3, len(key)):
        for character in ALPHABET:
            if character != key[place]:
                assert not is_well_formed(key[:place] + character + key[place + 1 :])


@given(keys)
def test_every_transposition_is_seen(key: str) -> None:
    for place in range(3, len(key) - 1):
        swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
        assert swapped == key or not is_well_formed(swapped)


@given(keys, st.integers(3, 38))
def test_a_missing_or_doubled_character_is_seen(key: str, place: int) -> None:
    assert not is_well_formed(key[:place] + key[place + 1 :])
    assert not is_well_formed(key[:place] + key[place] + key[place:])


@pytest.mark.parametrize("text", ["", "gb_", "gb_" + "0" * 36, "GB_" + "0" * 30 + "4dv4qo", "ключ"])
def test_what_is_no_key_is_not_well_formed(text: str) -> None:
    assert not is_well_formed(text)


@given(st.text())
def test_no_text_makes_trouble(text: str) -> None:
    assert not is_well_formed(text)


@given(keys)
def test_a_newline_at_the_end_is_seen(key: str) -> None:
    assert not is_well_formed(key + "\n")
