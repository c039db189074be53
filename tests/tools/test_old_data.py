"""Data of an older database is recognized before anything is done with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.stack.embedded import EmbeddedStack
from tools.stack.processes import LocalError, free_port
from tools.stack.templates import embedded_template
from tools.stack.tokens import new_project_secrets

HASH = "0123456789abcdef" * 4
BASELINE = "20261125000000_baseline.sql"


def stack(home: Path) -> EmbeddedStack:
    return EmbeddedStack(home, port=0, project_secrets=new_project_secrets())


@pytest.mark.parametrize(
    ("applied", "named"),
    [
        pytest.param(f"20261120100000_create_roles_and_schemas.sql {HASH}", "create_roles", id="name"),
        pytest.param(f"{BASELINE} {HASH}", BASELINE, id="content"),
        pytest.param(HASH, "all of them", id="one hash of all names"),
    ],
)
def test_data_of_migrations_that_are_gone_asks_for_a_reset(tmp_path: Path, applied: str, named: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "applied").write_text(applied)
    with pytest.raises(LocalError, match=rf"{named}.*Run make reset"):
        stack(tmp_path).prepare()
    assert data.exists()
    assert (tmp_path / "applied").read_text() == applied


def test_data_of_the_present_migrations_is_taken_as_it_is(tmp_path: Path) -> None:
    applied = (embedded_template() / "applied").read_text()
    assert applied.startswith(f"{BASELINE} ")
    (tmp_path / "applied").write_text(applied)
    stack(tmp_path).prepare()
    assert not (tmp_path / "supabase.log").exists()


def test_make_run_says_so_in_one_line_and_make_reset_helps(tmp_path: Path) -> None:
    folder = tmp_path / ".local" / "supabase"
    folder.mkdir(parents=True)
    (folder / "applied").write_text(f"20261120100000_create_roles_and_schemas.sql {HASH}")
    ports = {name: str(free_port()) for name in ("GATEBOOK_PORT", "SUPABASE_PORT")}
    environment = os.environ | ports | {"GATEBOOK_HOME": str(tmp_path)}
    ran, cleared = (
        subprocess.run(
            [sys.executable, "-m", f"tools.serve.{name}"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for name in ("run", "reset")
    )
    assert ran.returncode == 1
    assert "Run make reset" in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr
    assert cleared.returncode == 0
    assert not folder.exists()
