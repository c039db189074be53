"""What a test run says: the seed of its random examples at the start, what its tests counted at the end."""

import secrets
from typing import Any

import pytest
from hypothesis import settings

from tests.support.patience import EXAMPLES

COUNTED = pytest.StashKey[list[str]]()

# Not Hypothesis's own for CI, which takes the same examples every time. A deadline would judge the machine.
settings.register_profile(
    "gatebook", settings.get_profile("default"), max_examples=EXAMPLES, deadline=None, print_blob=True
)
settings.load_profile("gatebook")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of all property tests, before Hypothesis reads it and before workers are told."""
    config.stash[COUNTED] = []
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(secrets.randbelow(10**9))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say how to have the same examples again."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        seed = session.config.option.hypothesis_seed
        reporter.write_line(f"{EXAMPLES} examples a property; again the same: --hypothesis-seed={seed}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands on what was counted in it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["counted"] = session.config.stash[COUNTED]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take it from the worker; one that has crashed has none."""
    node.config.stash[COUNTED] += getattr(node, "workeroutput", {}).get("counted", [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say it."""
    for line in config.stash[COUNTED]:
        terminalreporter.write_line(line)
