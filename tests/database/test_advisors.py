"""The advisors of the official CLI have nothing to say that is not explained here."""

import json
import os
import subprocess
from typing import Any

from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT

# What they found, and why it stays: (lint, what it is about) → reason. None stands for everything of a lint.
EXPLAINED: dict[tuple[str, str | None], str] = {
    ("unused_index", None): "A database that was made a second ago has used no index yet.",
    ("unindexed_foreign_keys", "device_status_device_id_organization_id_fkey"): (
        "Its first column is the primary key of the table: there is one row to find."
    ),
    ("function_search_path_mutable", "now"): (
        "Its body is not text but parsed when it was made: no search_path changes what it names."
    ),
    ("unindexed_foreign_keys", "alerts_kind_is_known"): (
        "Kinds are rows of the schema: none goes or is renamed while alerts name it."
    ),
}


def findings(stack: PostgresStack) -> list[dict[str, Any]]:
    """All that `supabase db advisors` finds at level info."""
    command = [
        str(PROJECT / "node_modules" / ".bin" / "supabase"),
        "db",
        "advisors",
        "--level",
        "info",
        "--fail-on",
        "none",
        f"--remote={stack.cluster.url('postgres')}",
        "--agent=no",
        "--workdir",
        str(stack.home),
    ]
    environment = os.environ | {"DO_NOT_TRACK": "1", "SUPABASE_TELEMETRY_DISABLED": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def subject(finding: dict[str, Any]) -> str:
    metadata = finding["metadata"]
    return str(metadata.get("fkey_name") or metadata.get("name"))


def test_nothing_is_open_that_is_not_explained(postgres_stack: PostgresStack) -> None:
    found = findings(postgres_stack)
    unexplained = [
        finding["detail"]
        for finding in found
        if not {(finding["name"], None), (finding["name"], subject(finding))} & EXPLAINED.keys()
    ]
    assert unexplained == []
    kinds = {finding["name"] for finding in found} | {(f["name"], subject(f)) for f in found}
    stale = [key for key in EXPLAINED if (key if key[1] else key[0]) not in kinds]
    assert stale == [], "explained, and no longer found"
