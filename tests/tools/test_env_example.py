"""Whoever sets a function up finds every setting explained."""

import re

import pytest

from gatebook.ground.settings import Settings
from tools.stack.processes import PROJECT

EXPLAINED = set(re.findall(r"^# ([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))


class Recorder(dict[str, str]):
    """An empty environment that remembers what it was asked for."""

    asked: set[str]

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        """Note the name."""
        self.asked.add(key)
        return default


def test_every_setting_of_the_functions_is_explained() -> None:
    environment = Recorder()
    environment.asked = set()
    Settings.from_environment(environment)
    assert environment.asked
    assert environment.asked <= EXPLAINED


@pytest.mark.parametrize("name", ["GATEBOOK_PORT", "SUPABASE_PORT", "GATEBOOK_HOME", "GATEBOOK_URL"])
def test_every_setting_of_this_machine_is_explained(name: str) -> None:
    assert name in EXPLAINED
