"""What is running says which version it is."""

from collections.abc import Iterator
from importlib import metadata

import pytest

from gatebook.ground import settings
from gatebook.ground.version import running


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("GATEBOOK_VERSION", "GATEBOOK_COMMIT"):
        monkeypatch.delenv(name, raising=False)
    settings.forget()
    yield
    settings.forget()


def test_it_is_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEBOOK_VERSION", "1.2.3\n")
    monkeypatch.setenv("GATEBOOK_COMMIT", "0123abc")
    assert running() == {"version": "1.2.3", "commit": "0123abc"}


def test_else_it_is_the_version_of_the_package() -> None:
    assert running() == {"version": metadata.version("gatebook"), "commit": "unknown"}


def test_a_package_without_a_record_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert running()["version"] == "unknown"
