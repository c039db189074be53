"""What the page offers for firmware is compiled, run, and sends what it says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.pictures.visitor import Visitor
from tools.serve.site import Site
from tools.stack import world

ARDUINO = Path(__file__).with_name("arduino")
TAG = "DD542A83"
# MicroPython's requests has httpx's shape in what is used of it.
MICROPYTHON = """
import sys, httpx
sys.modules["requests"] = httpx
from snippet import report_tap
sys.exit(not (report_tap("dd 54 2a 83") and report_tap("dd 54 2a 83", inserted=False)))
"""
KOTLIN = """
fun main() {
    val isStored = reportTap("dd 54 2a 83") && reportTap("dd 54 2a 83", inserted = false)
    System.exit(if (isStored) 0 else 1)
}
"""


def tool(name: str) -> str:
    """Where a compiler is that not every machine has."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"needs {name}")
    return found


def run(*command: str | Path, folder: Path) -> None:
    """Wait for it; what it complains about is the failure."""
    # A compiler that runs once is done before a better optimizer pays.
    environment = os.environ | {"PYTHONPATH": str(folder), "JAVA_OPTS": "-XX:TieredStopAtLevel=1"}
    outcome = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert outcome.returncode == 0, outcome.stderr or outcome.stdout


def run_curl(code: str, folder: Path) -> None:
    run("sh", "-ec", code.replace("curl", "curl --fail", 1), folder=folder)
    removed = code.replace("tag_insert", "tag_removed").replace('"tag_present":true', '"tag_present":false')
    run("sh", "-ec", removed.replace("curl", "curl --fail", 1), folder=folder)


def run_micropython(code: str, folder: Path) -> None:
    (folder / "snippet.py").write_text(code)
    run(sys.executable, "-c", MICROPYTHON, folder=folder)


def run_arduino(code: str, folder: Path) -> None:
    (folder / "sketch.ino").write_text(code)
    options = ("-std=c++17", "-Wall", "-Werror", "-I", ARDUINO, "-I", folder, "-o", "sketch")
    run(tool("g++"), *options, ARDUINO / "main.cpp", folder=folder)
    run(folder / "sketch", folder=folder)


def run_kotlin(code: str, folder: Path) -> None:
    (folder / "Snippet.kt").write_text(code + KOTLIN)
    run(tool("kotlinc"), "Snippet.kt", "-include-runtime", "-d", "snippet.jar", folder=folder)
    run(tool("java"), "-jar", "snippet.jar", folder=folder)


RUNS = {"curl": run_curl, "MicroPython": run_micropython, "Arduino": run_arduino, "Kotlin": run_kotlin}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", RUNS)
def test_a_snippet_reports_a_tag_in_and_out(
    site: Site, admin: Visitor, harbour: world.Organization, tmp_path: Path, language: str
) -> None:
    device = world.create_device(harbour, name="Desk")
    page = admin.page
    admin.open(f"/devices/{device.id}?tab=keys")
    page.get_by_role("button", name="Make a key").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Make a key").click()
    key = page.get_by_test_id("new-key").inner_text()
    page.get_by_role("button", name="I have copied it").click()
    page.get_by_role("link", name="Connect").click()
    page.get_by_role("button", name=language, exact=True).click()
    code = page.get_by_role("group", name=language.lower()).locator("code").inner_text()
    assert key in code

    RUNS[language](code, tmp_path)

    seen = harbour.rows("device_events", order="id")
    assert [row["event_type"] for row in seen] == ["tag_insert", "tag_removed"]
    assert {row["tag_uid"] for row in seen} == {TAG}
    assert {row["device_id"] for row in seen} == {device.id}
    clock = "unsynced" if language == "curl" else "synced"
    assert {row["time_quality"] for row in seen} == {clock}
