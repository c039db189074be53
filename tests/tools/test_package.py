"""Each function as it is staged, in an environment with what its requirements.txt names and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gatebook.endpoint.routes import SECRETS
from tools.make.package import imported_files, stage_functions
from tools.serve.functions import FUNCTIONS
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT, Process, Words, answers, free_port

NAMES = sorted(path.parent.name for path in FUNCTIONS.glob("*/main.py"))
TAP = {"event_type": "tag_insert", "tag_id": "0a 0b 0c 0d", "timestamp": "2026-04-11T15:23:42.000Z"}

# What a function needs beyond the others, as it is imported. One environment serves all of them here.
BROUGHT = {
    "calendar": ["icalendar", "dateutil"],
    "device_event": ["dateutil"],
    "device_token": ["jose", "cryptography"],
}

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All functions, staged."""
    folder = tmp_path_factory.mktemp("build")
    (folder / "removed").mkdir()
    (folder / "removed" / "main.py").touch()
    assert [path.name for path in stage_functions(folder)] == NAMES
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    return folder


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each function a folder in which what only other functions bring cannot be imported."""
    folders = {name: tmp_path_factory.mktemp(f"not_for_{name}") for name in NAMES}
    for name, folder in folders.items():
        for module in {module for other in BROUGHT for module in BROUGHT[other]} - set(BROUGHT.get(name, ())):
            (folder / f"{module}.py").write_text(f"raise ModuleNotFoundError('No requirement of {name}')")
    return folders


@pytest.fixture(scope="module")
def environment(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean virtual environment for all, with what their requirements name."""
    folder = tmp_path_factory.mktemp("environment")
    # The pip of here installs there.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip: Words = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
    install: Words = [*pip, "install", "-qq", "--disable-pip-version-check"]
    constraints: Words = ["--constraint", PROJECT / "constraints.txt"]
    requirements: Words = [part for name in NAMES for part in ("-r", build / name / "requirements.txt")]
    subprocess.run([*install, *constraints, *requirements], check=True)
    return folder


@pytest.fixture
def deployed(
    build: Path,
    environment: Path,
    elsewhere: dict[str, Path],
    postgres_stack: PostgresStack,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[httpx.Client]:
    """The function named by the parameter, started as the platform starts it."""
    name, port = request.param, free_port()
    process = Process(
        name,
        [
            environment / "bin" / "functions-framework",
            *(
                "--target",
                name,
                "--source",
                build / name / "main.py",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
            ),
        ],
        log=tmp_path / "log",
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(elsewhere[name]),
            **postgres_stack.settings,
            **_secrets(name, postgres_stack),
        },
        cwd=build / name,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        process.await_ready(lambda: answers(f"{url}/api/health/live"))
        with httpx.Client(base_url=url, timeout=60) as client:
            yield client
    finally:
        process.stop()


def _secrets(name: str, stack: PostgresStack) -> dict[str, str]:
    """What is set for this function alone; those that devices call with a key need nothing."""
    values = {
        "GATEBOOK_TASK_TOKEN": "a token of the scheduler",
        "SUPABASE_SECRET_KEY": stack.secret_key,
        "GATEBOOK_JWT_SECRET": stack.jwt_secret,
    }
    return {secret: values[secret] for secret in SECRETS.get(name, ()) if secret in values}


@pytest.mark.parametrize("name", NAMES)
def test_a_staged_function_has_what_it_imports_and_nothing_else(
    build: Path, environment: Path, name: str
) -> None:
    staged = {str(path) for path in (build / name).rglob("*.py")}
    # What is imported on first use, for a quick start, is loaded here, too.
    late = "gatebook.taps.maps, gatebook.taps.notations, " if name == "device_event" else ""
    program = (
        f"import main, {late}sys;"
        "print(*(getattr(m, '__file__', None) for m in sys.modules.values()), sep='\\n')"
    )
    loaded = subprocess.run(
        [environment / "bin" / "python", "-c", program],
        cwd=build / name,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert {path for path in loaded if path.startswith(str(build / name))} == staged
    assert (build / name / "gatebook" / "ground" / "settings.py").is_file()
    assert not (build / name / "tools").exists()
    assert list((build / name).rglob("__pycache__")) == []


def test_imports_are_found_wherever_they_stand(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_text(
        "import os\nimport gatebook.taps.tags\ndef late():\n    from gatebook.ground import clock\n"
    )
    found = {str(path.relative_to(PROJECT / "src" / "gatebook")) for path in imported_files([main])}
    assert found == {
        "__init__.py",
        "ground/__init__.py",
        "ground/clock.py",
        "taps/__init__.py",
        "taps/tags.py",
    }


def test_a_function_that_needs_more_says_so_itself(build: Path) -> None:
    assert {path.parent.name for path in FUNCTIONS.glob("*/requirements.txt")} == set(BROUGHT)
    assert "icalendar" in (build / "calendar" / "requirements.txt").read_text()
    assert "icalendar" not in (build / "device_event" / "requirements.txt").read_text()


@pytest.mark.parametrize(("deployed", "name"), [(name, name) for name in NAMES], indirect=["deployed"])
def test_a_staged_function_boots_and_answers_a_post(deployed: httpx.Client, name: str) -> None:
    answer = deployed.post("/", content=b"not json", headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Request-ID"]


@pytest.mark.parametrize("deployed", ["device_event"], indirect=True)
def test_the_staged_device_event_stores_a_tap(deployed: httpx.Client, postgres_stack: PostgresStack) -> None:
    device = world.create_device(world.create_organization(postgres_stack))
    key = {"X-API-Key": world.create_device_key(device).key}
    answer = deployed.post("/api/webhook/device-event", json=TAP, headers=key)
    assert answer.status_code == 201, answer.text
    assert [row["tag_uid"] for row in device.organization.rows("device_events", select="tag_uid")] == [
        "0A0B0C0D"
    ]


@pytest.mark.parametrize("deployed", ["health"], indirect=True)
def test_the_staged_health_knows_its_version(deployed: httpx.Client) -> None:
    answer = deployed.get("/api/health/ready")
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["version"] == "0.1.0"
