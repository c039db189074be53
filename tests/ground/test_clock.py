"""There is one clock, and a test may set it."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from gatebook.ground import clock
from tools.stack.processes import PROJECT

CLOCK = PROJECT / "src" / "gatebook" / "ground" / "clock.py"
DEPLOYED = sorted(
    path for folder in ("src/gatebook", "functions") for path in (PROJECT / folder).rglob("*.py")
)
# What tells the time of day. time.monotonic and time.perf_counter measure durations, and are no time.
OTHER_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
}
START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def clocks_in(source: str) -> Iterator[str]:
    """Every clock that the source names, by whichever name it has imported it."""
    tree = ast.parse(source)
    full: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            full |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            full |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name, _, rest = ast.unparse(node).partition(".")
            found = f"{full.get(name, name)}.{rest}".rstrip(".")
            if found in OTHER_CLOCKS:
                yield found


def test_the_clock_goes() -> None:
    first = clock.now()
    assert first.tzinfo is UTC
    assert first <= clock.now() <= first + timedelta(minutes=5)


def test_a_test_may_set_it_and_it_goes_on_afterwards() -> None:
    with clock.set_to(START.astimezone(timezone(timedelta(hours=2)))):
        assert (clock.now(), clock.now().tzinfo) == (START, UTC)
        with clock.set_to(START + timedelta(days=365)):
            assert clock.now().year == 2027
        assert clock.now() == START
    assert clock.now() > START


@pytest.mark.parametrize(
    "path",
    [path for path in DEPLOYED if path != CLOCK],
    ids=lambda path: str(Path(path).relative_to(PROJECT)),
)
def test_nothing_else_has_a_clock(path: Path) -> None:
    assert list(clocks_in(path.read_text())) == []


def test_a_clock_is_found_by_whichever_name() -> None:
    assert list(clocks_in(CLOCK.read_text())) == ["datetime.datetime.now"]
    source = (
        "import time, datetime as d\nfrom time import time as t, monotonic\nfrom datetime import date\n"
        "t(); time.time_ns(); d.datetime.utcnow(); f = date.today; monotonic(); time.perf_counter()\n"
    )
    assert sorted(clocks_in(source)) == [
        "datetime.date.today",
        "datetime.datetime.utcnow",
        "time.time",
        "time.time_ns",
    ]
