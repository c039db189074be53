"""An embedded stack's data with the migrations applied, kept from one test run to the next."""

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from tools.stack.embedded import LITE, SUPABASE, EmbeddedStack
from tools.stack.processes import PROJECT
from tools.stack.tokens import new_project_secrets

TEMPLATES = PROJECT / ".local" / "templates"
DAY_SECONDS = 86_400


def embedded_template() -> Path:
    """The folder to copy; made anew when a migration, the seed or the tool has changed."""
    template = TEMPLATES / _fingerprint()
    if not template.exists():
        TEMPLATES.mkdir(parents=True, exist_ok=True)
        _remove_old_templates()
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=TEMPLATES))
        EmbeddedStack(unfinished, port=0, project_secrets=new_project_secrets()).prepare()
        try:
            unfinished.rename(template)
        except OSError:
            # Another test run was faster.
            shutil.rmtree(unfinished)
    os.utime(template)
    return template


def _fingerprint() -> str:
    paths = [*sorted((SUPABASE / "migrations").glob("*.sql")), SUPABASE / "seed.sql", SUPABASE / "lite.toml"]
    digest = hashlib.sha256((LITE.parents[2] / "package.json").read_bytes())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:16]


def _remove_old_templates() -> None:
    for folder in TEMPLATES.iterdir():
        if folder.stat().st_mtime < time.time() - DAY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
