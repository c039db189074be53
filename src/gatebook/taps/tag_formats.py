"""Tag ids in the notations that tag_format names. Each raises ValueError, with words for the client."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from gatebook.taps.tags import (
    AROUND,
    EXPECTED,
    FEWEST_BYTES,
    MOST_BYTES,
    UNLESS,
    canonical_tag_uid,
    groups_of,
)

ReadTag = Callable[[Any], str]
LONGEST_ID = 64
_LONGEST_BASE64 = 64
_HEX_GROUP = re.compile(r"[0-9A-Fa-f]{1,2}")
_NUMBERS = re.compile(r"\d{1,3}", re.ASCII)


def hex_tag(said: object) -> str:
    """Bytes of hex, as everyone's readers say them."""
    if not isinstance(said, str):
        raise ValueError(f"{EXPECTED} as text{UNLESS}")
    return canonical_tag_uid(said)


def hex_or_number(said: object) -> str:
    """Hex where it is text, and four bytes where it is a number."""
    return _decimal(said, 4, "big") if isinstance(said, int) else hex_tag(said)


def hex_or_bytes(said: object) -> str:
    """Hex where it is text, else a list of numbers."""
    return hex_tag(said) if isinstance(said, str) else _list_of_bytes(said)


def base64_tag(said: object) -> str:
    """Base64, of either alphabet, with its padding or without."""
    text = said.strip(AROUND) if isinstance(said, str) else ""
    if not 0 < len(text) <= _LONGEST_BASE64:
        raise ValueError(f"{_bytes_in('base64')} as text")
    try:
        standard = text.rstrip("=").translate(str.maketrans("-_", "+/"))
        return _uid(base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True), "base64")
    except binascii.Error:
        raise ValueError(_bytes_in("base64")) from None


def tag_reader(tag_format: str | Mapping[str, Any]) -> ReadTag:
    """What reads ids of this format, a valid one."""
    if isinstance(tag_format, str):
        return FORMATS[tag_format]
    count, order = tag_format["bytes"], tag_format["order"]
    return lambda said: _decimal(said, count, order)


def _unpadded_hex(said: object) -> str:
    groups = groups_of(said) if isinstance(said, str) else []
    if not all(map(_HEX_GROUP.fullmatch, groups)) or not FEWEST_BYTES <= len(groups) <= MOST_BYTES:
        raise ValueError(f"{EXPECTED} with separators such as 4:a2:b:1, as tag_format unpadded_hex has it")
    return "".join(f"{int(group, 16):02X}" for group in groups)


def _decimal(said: object, count: int, order: Any) -> str:
    text = str(said).strip(AROUND) if isinstance(said, int | str) and not isinstance(said, bool) else ""
    # 2.41 digits a byte, and as many zeros before them as some readers print.
    if not (0 < len(text) <= 3 * count + 10 and text.isascii() and text.isdigit()) or int(text) >= 256**count:
        raise ValueError(f"expected a decimal number of at most {count} bytes, as tag_format says")
    return int(text).to_bytes(count, order).hex().upper()


def _list_of_bytes(said: object) -> str:
    if isinstance(said, dict):
        # A Buffer, as Node.js writes it.
        said = said.get("data")
    if isinstance(said, str):
        groups = groups_of(said.strip(AROUND + "[](){}"))
        said = [int(group) for group in groups] if all(map(_NUMBERS.fullmatch, groups)) else None
    if not isinstance(said, list) or not all(type(byte) is int and 0 <= byte < 256 for byte in said):
        raise ValueError(f"{_bytes_in('numbers')} from 0 to 255, as tag_format bytes has it")
    return _uid(bytes(said), "numbers")


def _text(said: object) -> str:
    said = str(said) if isinstance(said, int) and not isinstance(said, bool) else said
    text = unicodedata.normalize("NFC", said[: LONGEST_ID * 4].strip(AROUND)) if isinstance(said, str) else ""
    if not 1 <= len(text) <= LONGEST_ID or not text.isprintable():
        raise ValueError(f"expected 1 to {LONGEST_ID} printable characters, as tag_format text has it")
    # So that a text never meets hex.
    return f"T:{text}"


def _uid(content: bytes, notation: str) -> str:
    if not FEWEST_BYTES <= len(content) <= MOST_BYTES:
        raise ValueError(_bytes_in(notation))
    return content.hex().upper()


def _bytes_in(notation: str) -> str:
    return f"expected {FEWEST_BYTES} to {MOST_BYTES} bytes in {notation}"


FORMATS: dict[str, ReadTag] = {
    "hex": hex_tag,
    "unpadded_hex": _unpadded_hex,
    "base64": base64_tag,
    "bytes": _list_of_bytes,
    "text": _text,
}
