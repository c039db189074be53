"""Everything that a browser needs, served on free ports."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.serve.page import DIST
from tools.stack.embedded import EmbeddedStack
from tools.stack.processes import PROJECT, Process, answers, free_port
from tools.stack.templates import embedded_template


@dataclass(frozen=True)
class Site:
    """What a browser is pointed at, and the Supabase behind it."""

    url: str
    stack: EmbeddedStack


@contextmanager
def served(log: Path) -> Iterator[Site]:
    """As by `make run`, without its demo; `log` is where the gateway writes."""
    assert (DIST / "index.html").is_file(), "The page is not built: run `make page`."
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with EmbeddedStack.temporary(embedded_template()) as stack:
        environment = os.environ | stack.settings
        environment |= {
            "GATEBOOK_PORT": str(port),
            "GATEBOOK_URL": url,
            "GATEBOOK_PROXIES_SUPABASE": "1",
            "GATEBOOK_JWT_SECRET": stack.jwt_secret,
            "SUPABASE_SECRET_KEY": stack.secret_key,
        }
        gateway = Process(
            "The gateway",
            [sys.executable, "-m", "tools.serve.gateway"],
            log=log,
            env=environment,
            cwd=PROJECT,
        )
        try:
            gateway.await_ready(lambda: answers(f"{url}/api/health/live"))
            yield Site(url, stack)
        finally:
            gateway.stop()
