import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.taps.tags import canonical_tag_uid

uids = st.binary(min_size=4, max_size=32)


@pytest.mark.parametrize(
    "text",
    [
        *("dd 54 2a 83", "DD:54:2A:83", "DD542A83", "dd-54-2a-83", " Dd542a83\n", "0xDD542A83"),
        *(
            "0xDD 0x54 0x2A 0x83",
            "DD, 54, 2A, 83",
            "dd54_2a83",
            "DD54-2A83",
            " dd 54 2a 83 ",
            "\x02DD542A83\x03\r\n",
        ),
    ],
)
def test_one_tag_has_one_id(text: str) -> None:
    assert canonical_tag_uid(text) == "DD542A83"


@given(uids, st.sampled_from(["", " ", ":", "-", "."]), st.booleans())
def test_separators_and_case_make_no_difference(uid: bytes, separator: str, is_upper: bool) -> None:
    text = separator.join(f"{byte:02x}" for byte in uid)
    assert canonical_tag_uid(text.upper() if is_upper else text) == uid.hex().upper()


@given(uids)
def test_the_canonical_id_of_a_canonical_id_is_itself(uid: bytes) -> None:
    assert canonical_tag_uid(canonical_tag_uid(uid.hex())) == uid.hex().upper()


@given(uids, uids)
def test_different_tags_stay_different(one: bytes, other: bytes) -> None:
    assert (canonical_tag_uid(one.hex()) == canonical_tag_uid(other.hex(":"))) == (one == other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "dd",
        "dd 54 2a",
        "dd 54 2a 8",
        "d 54 2a 833",
        "dd 54 2a 8g",
        "dd" * 33,
        "１２３４５６７８",
    ],
)
def test_what_is_no_tag_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="4 to 32 bytes of hex"):
        canonical_tag_uid(text)


@given(st.text())
def test_any_text_is_an_id_or_refused(text: str) -> None:
    try:
        uid = canonical_tag_uid(text)
    except ValueError:
        return
    assert 4 <= len(bytes.fromhex(uid)) <= 32
