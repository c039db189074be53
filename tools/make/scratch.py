"""Two empty databases of one cluster: what the migrations make, and what the schemas make."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools.make.schemas import SCHEMAS, script
from tools.stack.cluster import Cluster
from tools.stack.processes import PROJECT

MIGRATIONS = PROJECT / "supabase" / "migrations"


class Scratch:
    """A cluster for a short while; every database in it starts as Supabase gives it."""

    def __init__(self, cluster: Cluster) -> None:
        """`cluster` runs, and nothing of this project is in it."""
        self._cluster = cluster

    def create(self, name: str, template: str = "postgres") -> None:
        """A database, empty but for the platform or a copy of another one."""
        with psycopg.connect(self._url("template1", "supabase_admin"), autocommit=True) as connection:
            connection.execute(f"create database {name} template {template} owner postgres")

    def connect(self, name: str, role: str = "postgres") -> psycopg.Connection:
        """As the role that runs migrations; each statement is committed."""
        return psycopg.connect(self._url(name, role), autocommit=True)

    def apply_migrations(self, name: str, folder: Path = MIGRATIONS) -> None:
        """In the order of their names."""
        with self.connect(name) as connection:
            for path in sorted(folder.glob("*.sql")):
                connection.execute(path.read_text())

    def apply_schemas(self, name: str, folder: Path = SCHEMAS) -> None:
        """All files of supabase/schemas."""
        with self.connect(name) as connection:
            connection.execute(script(folder))

    def _url(self, name: str, role: str) -> str:
        return self._cluster.url(role).replace("/postgres?", f"/{name}?")


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A cluster of its own, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="gatebook-"))
    cluster = Cluster(home, is_durable=False)
    try:
        cluster.create()
        yield Scratch(cluster)
    finally:
        cluster.stop()
        shutil.rmtree(home)
