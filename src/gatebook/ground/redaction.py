"""Keys and tokens out of any text that is logged, stored or answered."""

import json
import re

# A piece of a key is one, too: texts get cut.
_KEY = r"gb_[0-9A-Za-z]{6,}|sb_(?:secret|publishable)_[0-9A-Za-z_-]+"
_KEYS = re.compile(_KEY)
# What begins like a token is one if a dot follows; the pattern takes it whole either way, since one that
# tried again from every beginning would take quadratic time.
_SECRETS = re.compile(_KEY + r"|eyJ[0-9A-Za-z_-]*(?P<rest>\.[0-9A-Za-z_.-]*)?")
# No key or token is longer, so nothing of one is left over when a text is cut there.
_LONGEST_QUOTED = 8192


def redact(text: str) -> str:
    """The text, with every device key, Supabase key and JWT replaced."""
    # The cheap look first: nearly no text holds any.
    return _SECRETS.sub(_replacement, text) if "b_" in text or "eyJ" in text else text


def _replacement(found: re.Match[str]) -> str:
    is_word = found[0].startswith("eyJ") and found["rest"] is None
    return _KEYS.sub("[redacted]", found[0]) if is_word else "[redacted]"


def quoted(value: object) -> str:
    """What was found, short and harmless, for an error's words."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    text = value if isinstance(value, str) else json.dumps(value)
    is_cut = len(text) > _LONGEST_QUOTED
    text = redact(text[:_LONGEST_QUOTED])
    text = text if len(text) <= 40 and not is_cut else text[:40] + "…"
    return repr(text) if isinstance(value, str) else text
