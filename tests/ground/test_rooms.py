"""The rooms of the house: who may import whom, and that every module has its test beside its name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.stack.processes import PROJECT

RUNTIME = PROJECT / "src" / "gatebook"
MODULES = sorted(path for path in RUNTIME.rglob("*.py") if path.name != "__init__.py")
ROOMS = sorted({path.parent.name for path in MODULES})
DOMAIN = sorted(set(ROOMS) - {"ground", "endpoint", "supabase"})
# What an import may not begin with.
NO_HTTP = ("flask", "werkzeug", "functions_framework", "gatebook.endpoint")


def imports(path: Path) -> Iterator[str]:
    """The full name of every module or member that a file imports, wherever it stands in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def begins(name: str, beginnings: tuple[str, ...]) -> bool:
    return any(name == beginning or name.startswith(f"{beginning}.") for beginning in beginnings)


def forbidden(folder: Path, beginnings: tuple[str, ...]) -> list[str]:
    """Imports below the folder that begin like this, each with its file."""
    return [
        f"{path.relative_to(PROJECT)} imports {name}"
        for path in sorted(folder.rglob("*.py"))
        for name in imports(path)
        if begins(name, beginnings)
    ]


def rooms_but(*allowed: str) -> tuple[str, ...]:
    return tuple(f"gatebook.{room}" for room in ROOMS if room not in allowed)


def test_every_module_stands_in_a_room() -> None:
    assert {"ground", "endpoint", "supabase"} < set(ROOMS)
    assert {path.relative_to(RUNTIME).parts[:-1] for path in MODULES} == {(room,) for room in ROOMS}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(RUNTIME)))
def test_every_module_has_its_test_beside_its_name(path: Path) -> None:
    test = PROJECT / "tests" / path.parent.name / f"test_{path.name}"
    functions = [
        node.name for node in ast.walk(ast.parse(test.read_text())) if isinstance(node, ast.FunctionDef)
    ]
    assert any(name.startswith("test_") for name in functions)


def test_the_ground_imports_no_room() -> None:
    assert forbidden(RUNTIME / "ground", rooms_but("ground")) == []


def test_the_platform_imports_the_ground_alone() -> None:
    assert forbidden(RUNTIME / "supabase", rooms_but("supabase", "ground")) == []


@pytest.mark.parametrize("room", DOMAIN)
def test_a_domain_room_knows_no_http(room: str) -> None:
    assert forbidden(RUNTIME / room, NO_HTTP) == []


@pytest.mark.parametrize("folder", ["src", "functions"])
def test_what_is_deployed_imports_neither_tools_nor_tests(folder: str) -> None:
    assert forbidden(PROJECT / folder, ("tools", "tests")) == []


def test_tools_do_without_the_tests() -> None:
    assert forbidden(PROJECT / "tools", ("tests",)) == []


def test_an_import_is_found_wherever_it_stands(tmp_path: Path) -> None:
    source = "import flask\ndef late():\n    from gatebook import endpoint\n    from flaskish import flask\n"
    (tmp_path / "module.py").write_text(source)
    found = [name for name in imports(tmp_path / "module.py") if begins(name, NO_HTTP)]
    assert found == ["flask", "gatebook.endpoint"]
