"""No test sleeps: it awaits what should happen, as long as that takes and no longer.

Random examples come again by their seed.
"""

import ast
from pathlib import Path

import hypothesis.core
import pytest
from hypothesis import settings

from tests.support.patience import EXAMPLES

TESTS = Path(__file__).parents[1]
SLEEPS = {"sleep", "wait_for_timeout"}
# What asks again and again until it is so.
POLLING = {("support/running.py", "wait_until")}


def sleeps_in(source: str) -> list[tuple[str, int]]:
    """Each call of one: the function that it stands in, and its line."""
    found = []

    def look(node: ast.AST, function: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = node.name
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in SLEEPS:
                found.append((function, node.lineno))
        for child in ast.iter_child_nodes(node):
            look(child, function)

    look(ast.parse(source), "")
    return found


def test_no_test_sleeps() -> None:
    found = [
        (path.relative_to(TESTS).as_posix(), function, line)
        for path in TESTS.rglob("*.py")
        for function, line in sleeps_in(path.read_text())
    ]
    assert [f"tests/{file}:{line}" for file, function, line in found if (file, function) not in POLLING] == []
    assert {(file, function) for file, function, _ in found} == POLLING


def test_every_way_to_sleep_is_seen() -> None:
    calls = ("time.sleep(1)", "await asyncio.sleep(1)", "page.wait_for_timeout(9)", "sleep(1)")
    source = "\n    ".join(("async def test():", *calls))
    assert sleeps_in(source) == [("test", line) for line in (2, 3, 4, 5)]
    assert sleeps_in("PROGRAM = 'import time; time.sleep(600)'") == []


def test_the_seed_that_is_said_is_the_one_of_every_worker(pytestconfig: pytest.Config) -> None:
    assert hypothesis.core.global_force_seed == int(pytestconfig.option.hypothesis_seed)
    assert settings().max_examples == EXAMPLES
