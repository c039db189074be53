"""Reading settings from the environment. Each room reads its own; .env.example explains all of them.

A setting is read on first use, and what is missing or wrong shows only then, as NotConfigured: so /live is
always up, and a function needs no setting that it does not use.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from gatebook.ground.errors import NotConfigured

LARGEST_NUMBER = 1_000_000
Value = TypeVar("Value")
_forget: list[Callable[[], None]] = []


def text(name: str, default: str = "") -> str:
    """The setting, without the line break that many a secret store leaves at its end."""
    return os.environ.get(name, "").strip() or default


def required(name: str) -> str:
    """The setting; raises NotConfigured if it is not set."""
    found = text(name)
    if not found:
        raise NotConfigured(name)
    return found


def number(name: str, default: float) -> float:
    """The setting as a number above 0; raises NotConfigured if it is none."""
    found = text(name)
    try:
        value = float(found) if found else default
    except ValueError:
        value = 0
    # Nor is it nan or inf.
    if not 0 < value <= LARGEST_NUMBER:
        raise NotConfigured(name, f"must be a number from above 0 to {LARGEST_NUMBER}, found {found[:20]!r}")
    return value


def once(read: Callable[[], Value]) -> Callable[[], Value]:
    """Read on first use and remember it for this process."""
    remembered = lru_cache(maxsize=1)(read)
    _forget.append(remembered.cache_clear)
    return remembered


def forget() -> None:
    """Read every setting anew when it is used next; for tests, which change the environment."""
    for clear in _forget:
        clear()
