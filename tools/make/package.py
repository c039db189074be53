"""`make package`: stage every function with all that it needs, and nothing else, into build/<name>/.

The platform takes what lies beside main.py and installs requirements.txt, and sees nothing else of the
checkout. What a function needs of the package is found from its imports.
"""

import ast
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.serve.functions import FUNCTIONS
from tools.stack.processes import PROJECT

BUILD = PROJECT / "build"
SOURCE = PROJECT / "src"
PACKAGE = "gatebook"


def stage_functions(build: Path = BUILD) -> list[Path]:
    """Stage all functions, each into a new folder, and none that was removed; returns the folders."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    names = sorted(path.parent.name for path in FUNCTIONS.glob("*/main.py"))
    for staged in build.glob("*/main.py"):
        if staged.parent.name not in names:
            shutil.rmtree(staged.parent)
    return [_stage(name, build, project) for name in names]


def imported_files(beginnings: list[Path]) -> set[Path]:
    """The files of the package that these import, and those that they import in turn."""
    found: set[Path] = set()
    unread = list(beginnings)
    while unread:
        for path in _files(_imported_names(unread.pop())):
            if path not in found:
                found.add(path)
                unread.append(path)
    return found


def _imported_names(path: Path) -> Iterator[str]:
    """What may be a module of the package: of `from a import b` both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files(names: Iterator[str]) -> Iterator[Path]:
    """The file of each module of the package, and what is imported with it: the packages it lies in."""
    for name in names:
        parts = name.split(".")
        if parts[0] != PACKAGE:
            continue
        for length in range(1, len(parts) + 1):
            module = SOURCE.joinpath(*parts[:length])
            yield from (path for path in (module.with_suffix(".py"), module / "__init__.py") if path.exists())


def _stage(name: str, build: Path, project: dict[str, Any]) -> Path:
    folder = build / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(FUNCTIONS / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in imported_files(sorted((FUNCTIONS / name).rglob("*.py"))):
        target = folder / path.relative_to(SOURCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    # What this function alone needs stands beside its main.py.
    requirements = folder / "requirements.txt"
    own = requirements.read_text().splitlines() if requirements.exists() else []
    requirements.write_text("\n".join([*project["dependencies"], *own]) + "\n")
    # The package's version, as an installation would record it.
    record = folder / f"{PACKAGE}-{project['version']}.dist-info" / "METADATA"
    record.parent.mkdir()
    record.write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {project['version']}\n")
    return folder


def main() -> int:
    """Stage, and say where and how much."""
    for folder in stage_functions():
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        print(f"{folder.relative_to(PROJECT)}  {len(sizes)} files, {sum(sizes):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
