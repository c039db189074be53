"""Each package-lock.json installs on every platform and from any registry."""

import json
from pathlib import Path

import pytest

from tools.make.lockfile import FOLDERS, complete


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_lock_file_is_complete(folder: Path) -> None:
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert complete(packages) == packages, "run make lock"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_lock_file_names_no_registry(folder: Path) -> None:
    assert "resolved" not in (folder / "package-lock.json").read_text()


def test_a_binary_for_another_platform_is_added() -> None:
    packages = {"node_modules/tool": {"optionalDependencies": {"@tool/linux-x64-musl": "v1.2.3"}}}
    assert complete(packages)["node_modules/@tool/linux-x64-musl"] == {
        "version": "1.2.3",
        "cpu": ["x64"],
        "libc": ["musl"],
        "optional": True,
        "os": ["linux"],
    }


def test_a_package_for_any_platform_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="found helper"):
        complete({"node_modules/tool": {"optionalDependencies": {"helper": "1.0.0"}}})
