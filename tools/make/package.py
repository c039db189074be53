"""`make package`: stage every function with all that it needs into build/<name>/.

The platform takes what lies beside main.py and installs requirements.txt,
and sees nothing else of the checkout.
"""

import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

from tools.serve.functions import FUNCTIONS
from tools.stack.processes import PROJECT

BUILD = PROJECT / "build"


def stage_functions(build: Path = BUILD) -> list[Path]:
    """Stage all functions, each into a new folder, and none that was removed; returns the folders."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    names = sorted(path.parent.name for path in FUNCTIONS.glob("*/main.py"))
    for staged in build.glob("*/main.py"):
        if staged.parent.name not in names:
            shutil.rmtree(staged.parent)
    return [_stage(name, build, project) for name in names]


def _stage(name: str, build: Path, project: dict[str, Any]) -> Path:
    folder = build / name
    shutil.rmtree(folder, ignore_errors=True)
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(FUNCTIONS / name, folder, ignore=caches)
    shutil.copytree(PROJECT / "src" / "gatebook", folder / "gatebook", ignore=caches)
    # What this function alone needs stands beside its main.py.
    requirements = folder / "requirements.txt"
    own = requirements.read_text().splitlines() if requirements.exists() else []
    requirements.write_text("\n".join([*project["dependencies"], *own]) + "\n")
    # The package's version, as an installation would record it.
    record = folder / f"gatebook-{project['version']}.dist-info" / "METADATA"
    record.parent.mkdir()
    record.write_text(f"Metadata-Version: 2.1\nName: gatebook\nVersion: {project['version']}\n")
    return folder


def main() -> int:
    """Stage, and say where."""
    for folder in stage_functions():
        print(folder.relative_to(PROJECT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
