"""The form of device keys: `gb_`, 30 random base62 digits, 6 base62 digits of their CRC32."""

import re
import secrets
import zlib

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CHECKED_LENGTH = 33
_FORM = re.compile(r"gb_[0-9A-Za-z]{36}", re.ASCII)


def is_well_formed(key: str) -> bool:
    """Whether this can be a key: a typo is seen here, without asking the database."""
    return _FORM.fullmatch(key) is not None and check_digits(key[:CHECKED_LENGTH]) == key[CHECKED_LENGTH:]


def check_digits(text: str) -> str:
    """The CRC32 of the text in base62, big end first, padded to 6 digits."""
    value = zlib.crc32(text.encode("ascii"))
    digits = ""
    for _ in range(6):
        value, digit = divmod(value, 62)
        digits = ALPHABET[digit] + digits
    return digits


def generate_key() -> str:
    """A key of the right form. The database makes the real ones; this serves tests and tools."""
    text = "gb_" + "".join(secrets.choice(ALPHABET) for _ in range(30))
    return text + check_digits(text)
