"""Tag ids, compared as upper-case hex without separators."""

import re

_BYTES = re.compile(r"[0-9A-Fa-f]{2}(?:[ :.-]?[0-9A-Fa-f]{2}){3,9}")


def canonical_tag_uid(text: str) -> str:
    """`dd 54 2a 83`, `DD:54:2A:83` and `DD542A83` are one tag; leading zeros count.

    Raises ValueError, with words for the client, unless the text is 4 to 10 bytes of hex.
    """
    text = text.strip()
    if not _BYTES.fullmatch(text):
        raise ValueError("expected 4 to 10 bytes of hex such as dd 54 2a 83")
    return re.sub(r"[ :.-]", "", text).upper()
