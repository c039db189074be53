"""Whoever sets a function up finds every setting explained, and which function holds which secret."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatebook.endpoint.routes import ROUTES, SECRETS
from tools.make.package import imported_files
from tools.serve.functions import FUNCTIONS
from tools.stack.processes import PROJECT

TEXT = (PROJECT / ".env.example").read_text()
EXPLAINED = set(re.findall(r"^# ([A-Z_]+)=", TEXT, re.MULTILINE))
NAMES = sorted({route.function for route in ROUTES})
ALL_SECRETS = {secret for secrets in SECRETS.values() for secret in secrets}
# It says who holds which, and reads none of them.
TABLE = PROJECT / "src" / "gatebook" / "endpoint" / "routes.py"
SETTING = re.compile(r"\b(?:GATEBOOK|SUPABASE)_[A-Z_]+\b|\bTHREADS\b")


def settings_of(function: str) -> set[str]:
    """Every setting that the staged code of the function names in any of its texts."""
    beside_main = sorted((FUNCTIONS / function).glob("*.py"))
    files = {*beside_main, *imported_files(beside_main)} - {TABLE}
    return {setting for path in files for text in _texts(path) for setting in SETTING.findall(text)}


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def held_secrets() -> dict[str, set[str]]:
    """For each secret of .env.example the functions that it names as its holders."""
    held = {}
    for paragraph in TEXT.split("\n\n"):
        if said := re.search(r"# Secret of ([a-z_, ]+)\.", paragraph):
            for name in re.findall(r"^# ([A-Z_]+)=", paragraph, re.MULTILINE):
                held[name] = set(said[1].split(", "))
    return held


@pytest.mark.parametrize("function", NAMES)
def test_every_setting_of_a_function_is_explained(function: str) -> None:
    named = settings_of(function)
    assert {"SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "GATEBOOK_ALLOWED_ORIGINS"} <= named
    assert named <= EXPLAINED


@pytest.mark.parametrize("function", NAMES)
def test_no_function_names_the_secret_of_another(function: str) -> None:
    # The task token is read where a route is a task's, by its name in the table.
    named = settings_of(function) & ALL_SECRETS
    assert named == set(SECRETS.get(function, ())) - {"GATEBOOK_TASK_TOKEN"}


def test_each_secret_is_explained_with_who_holds_it() -> None:
    assert held_secrets() == {
        secret: {function for function, secrets in SECRETS.items() if secret in secrets}
        for secret in ALL_SECRETS
    }


def test_only_functions_that_exist_hold_secrets() -> None:
    assert set(SECRETS) <= set(NAMES)


def test_a_setting_is_named_in_settings_files_and_their_kin() -> None:
    assert "GATEBOOK_VERSION" in settings_of("health")
    assert "GATEBOOK_VERSION" not in settings_of("device_event")
    assert "GATEBOOK_DEVICE_TOKEN_DAYS" in settings_of("device_token")


@pytest.mark.parametrize("name", ["GATEBOOK_PORT", "SUPABASE_PORT", "GATEBOOK_HOME", "GATEBOOK_URL"])
def test_every_setting_of_this_machine_is_explained(name: str) -> None:
    assert name in EXPLAINED
