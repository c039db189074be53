import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatebook.taps.tag_formats import hex_or_number, tag_reader

BIG = {"kind": "decimal", "bytes": 4, "order": "big"}
LITTLE = {"kind": "decimal", "bytes": 4, "order": "little"}
uids = st.binary(min_size=4, max_size=32)


@pytest.mark.parametrize(
    ("tag_format", "said", "uid"),
    [
        ("hex", "dd 54 2a 83", "DD542A83"),
        ("unpadded_hex", "4:a2:b:1", "04A20B01"),
        ("unpadded_hex", " DD 54 2A 83\n", "DD542A83"),
        (BIG, "3713280643", "DD542A83"),
        (BIG, 3713280643, "DD542A83"),
        (BIG, "0000012345", "00003039"),
        (LITTLE, 2200589533, "DD542A83"),
        ("base64", "MAgzst3ZAUAAAAAA", "300833B2DDD9014000000000"),
        ("base64", "3VQqgw", "DD542A83"),
        ("bytes", [221, 84, 42, 131], "DD542A83"),
        ("bytes", {"type": "Buffer", "data": [221, 84, 42, 131]}, "DD542A83"),
        ("bytes", "[221, 84, 42, 131]", "DD542A83"),
        ("text", " Müller 7\r\n", "T:Müller 7"),
        ("text", 42, "T:42"),
    ],
)
def test_a_notation_is_read(tag_format: str, said: object, uid: str) -> None:
    assert tag_reader(tag_format)(said) == uid


NOT_HEX: list[Any] = ["4:a2:b:1", 3713280643, None, [1, 2, 3, 4]]
NO_LIST: list[Any] = [[1, 2, 3], [256, 0, 0, 0], [True] * 4, "x", {}, 5]
NO_TEXT: list[Any] = ["", "  ", "x" * 65, "a\nb", None, []]


@pytest.mark.parametrize(
    ("tag_format", "said"),
    [
        *(("hex", said) for said in NOT_HEX),
        *(("unpadded_hex", said) for said in ("4a2b1", "1:2:3", "4:a2:b:xyz", 5, "1:" * 300)),
        *((BIG, said) for said in ("4294967296", -1, "dd542a83", True, "", "9" * 5000, 1.5, "１２")),
        *(("base64", said) for said in ("!!!!", "AAA=", "", 5, "A" * 5000)),
        *(("bytes", said) for said in NO_LIST),
        *(("text", said) for said in NO_TEXT),
    ],
)
def test_what_is_none_of_it_is_refused(tag_format: str, said: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        tag_reader(tag_format)(said)


@given(uids)
def test_every_notation_of_one_card_is_one_tag(uid: bytes) -> None:
    said = {
        "hex": uid.hex(" "),
        "unpadded_hex": ":".join(f"{byte:x}" for byte in uid),
        "base64": base64.b64encode(uid).decode(),
        "bytes": list(uid),
    }
    assert {tag_reader(tag_format)(text) for tag_format, text in said.items()} == {uid.hex().upper()}


@given(st.binary(min_size=4, max_size=4))
def test_a_number_is_four_bytes_where_hex_is_text(uid: bytes) -> None:
    assert hex_or_number(int.from_bytes(uid, "big")) == hex_or_number(uid.hex()) == uid.hex().upper()
    assert tag_reader(LITTLE)(int.from_bytes(uid, "little")) == uid.hex().upper()


@pytest.mark.parametrize("tag_format", ["hex", "unpadded_hex", "base64", "bytes", "text", BIG])
@given(said=st.text() | st.integers() | st.lists(st.integers()) | st.none() | st.floats())
def test_anything_is_an_id_or_refused(tag_format: str, said: object) -> None:
    try:
        uid = tag_reader(tag_format)(said)
    except ValueError:
        return
    assert uid.startswith("T:") or 4 <= len(bytes.fromhex(uid)) <= 32
