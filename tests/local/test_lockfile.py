"""package-lock.json installs on every platform and from any registry."""

import json

import pytest

from gatebook.local.lockfile import LOCKFILE, complete


def test_the_lock_file_is_complete() -> None:
    packages = json.loads(LOCKFILE.read_text())["packages"]
    assert complete(packages) == packages, "run make lock"


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in LOCKFILE.read_text()


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
