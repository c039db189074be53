"""Keys and tokens out of any text that is logged, stored or answered."""

import json
import re

# A piece of a key is one, too: texts get cut.
_SECRETS = re.compile(
    r"gb_[0-9A-Za-z]{6,}"
    r"|sb_(?:secret|publishable)_[0-9A-Za-z_-]+"
    r"|eyJ[0-9A-Za-z_-]*\.[0-9A-Za-z_.-]*"
)


def redact(text: str) -> str:
    """The text, with every device key, Supabase key and JWT replaced."""
    # The cheap look first: nearly no text holds any.
    return _SECRETS.sub("[redacted]", text) if "b_" in text or "eyJ" in text else text


def quoted(value: object) -> str:
    """What was found, short and harmless, for an error's words."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    text = redact(value if isinstance(value, str) else json.dumps(value))
    text = text if len(text) <= 40 else text[:40] + "…"
    return repr(text) if isinstance(value, str) else text
