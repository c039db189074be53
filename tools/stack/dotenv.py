"""Files of settings, NAME=value a line, which a shell can read, too."""

import os
from collections.abc import Mapping
from pathlib import Path


def read_dotenv(path: Path) -> dict[str, str]:
    """The settings of a file; none when there is no file."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def write_private_file(path: Path, text: str) -> None:
    """Write a file that nobody else may read, all of it or nothing."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)


def write_dotenv(path: Path, comment: str, settings: Mapping[str, str]) -> None:
    """Write settings, which hold no line break, below a comment."""
    lines = [f"# {comment}", *(f"{name}={value}" for name, value in settings.items())]
    write_private_file(path, "\n".join(lines) + "\n")
