"""Tag ids: upper-case hex without separators, or T: and a text where the device's ids are texts."""

import re

FEWEST_BYTES, MOST_BYTES = 4, 32
EXPECTED = f"expected {FEWEST_BYTES} to {MOST_BYTES} bytes of hex"
UNLESS = ", unless the device's tag_format says otherwise"
# Longer than 32 bytes in any notation that is read here.
LONGEST_TEXT = 200
# Serial readers put STX, ETX and line ends around an id.
AROUND = " \t\r\n\v\f\x02\x03\u00a0"
SEPARATORS = re.compile(r"[\s:._,;|/-]+", re.ASCII)
# What nearly all readers say, without the splitting below.
_PLAIN = re.compile(r"[0-9A-Fa-f]{2}(?:[ :.-]?[0-9A-Fa-f]{2}){3,31}")
_NO_SEPARATORS = str.maketrans("", "", " :.-")
_BYTES = re.compile(r"(?:[0-9A-Fa-f]{2}){4,32}")


def canonical_tag_uid(text: str) -> str:
    """`dd 54 2a 83`, `DD:54:2A:83`, `0xDD542A83` and `DD542A83` are one tag; leading zeros count.

    Raises ValueError, with words for the client, unless the text is 4 to 32 bytes of hex.
    """
    if _PLAIN.fullmatch(text):
        return text.translate(_NO_SEPARATORS).upper()
    groups = groups_of(text)
    uid = "".join(groups)
    if any(len(group) % 2 for group in groups) or not _BYTES.fullmatch(uid):
        raise ValueError(f"{EXPECTED} such as dd 54 2a 83{UNLESS}")
    return uid.upper()


def groups_of(text: str) -> list[str]:
    """What stands between separators, without 0x; nothing where the text is too long for any id."""
    if len(text) > LONGEST_TEXT:
        return []
    groups = SEPARATORS.split(text.strip(AROUND))
    return [group[2:] if group[:2] in ("0x", "0X") else group for group in groups if group]
