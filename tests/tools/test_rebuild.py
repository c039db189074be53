"""What is changed while `make run` runs is served without a restart."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.running import wait_until
from tools.serve.rebuild import rebuild_on_change
from tools.stack.processes import PROJECT, Process, answers, free_port

PARTS = ("functions", "src", "tools")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy whose files may be changed."""
    for part in PARTS:
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def gateway_url(checkout: Path) -> Iterator[str]:
    """The gateway of that copy, in front of a Supabase that is not there."""
    url = f"http://127.0.0.1:{free_port()}"
    environment = os.environ | {
        "PYTHONPATH": f"{checkout / 'src'}:{checkout}",
        "GATEBOOK_PORT": url.rpartition(":")[2],
        "GATEBOOK_URL": url,
        "GATEBOOK_RELOADS": "1",
        "SUPABASE_URL": f"http://127.0.0.1:{free_port()}",
        "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_none",
    }
    gateway = Process(
        "The gateway",
        [sys.executable, "-m", "tools.serve.gateway"],
        log=checkout / "gateway.log",
        env=environment,
        cwd=checkout,
    )
    gateway.await_ready(lambda: answers(f"{url}/api/health/live"))
    yield url
    gateway.stop()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param("functions/health/main.py", '"status": "up"', '"status": "changed"', id="a function"),
        pytest.param("src/gatebook/endpoint/answer.py", '"success"', '"changed"', id="a shared module"),
    ],
)
def test_a_changed_function_is_served(
    checkout: Path, gateway_url: str, path: str, old: str, new: str
) -> None:
    file = checkout / path
    text = file.read_text()
    assert old in text

    def is_changed() -> bool:
        try:
            return "changed" in httpx.get(f"{gateway_url}/api/health/live").text
        except httpx.TransportError:
            return False

    assert not is_changed()
    file.write_text(text.replace(old, new))
    wait_until(is_changed, "the change is served")


def test_a_changed_page_is_built(tmp_path: Path) -> None:
    source = tmp_path / "src" / "page.ts"
    for folder in (source.parent, tmp_path / "public"):
        folder.mkdir()
    (tmp_path / "index.html").touch()
    source.touch()
    built, stopped = threading.Event(), threading.Event()
    thread = rebuild_on_change(tmp_path, built.set, stopped)

    def is_built() -> bool:
        # Again and again: when the watching begins is not known.
        source.write_text(source.read_text() + "x")
        return built.wait(0.2)

    wait_until(is_built, "the page is built")
    stopped.set()
    thread.join(30)
    assert not thread.is_alive()
