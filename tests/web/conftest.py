"""The whole of it on free ports: the embedded Supabase, the functions, the built page and a Chromium."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.support import world
from tests.support.templates import embedded_template
from tests.web.visitor import PATIENCE_MS, Visitor, visit

from gatebook.local.embedded import EmbeddedStack
from gatebook.local.page import DIST
from gatebook.local.processes import Process, answers, free_port


@dataclass(frozen=True)
class Site:
    """What a browser is pointed at, and the Supabase behind it."""

    url: str
    stack: EmbeddedStack


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Served as by `make run`, without its demo."""
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
        log: Path = tmp_path_factory.mktemp("gateway") / "gateway.log"
        gateway = Process(
            "The gateway", [sys.executable, "-m", "gatebook.local.gateway"], log=log, env=environment
        )
        try:
            gateway.await_ready(lambda: answers(f"{url}/api/health/live"))
            yield Site(url, stack)
        finally:
            gateway.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, else the one that Playwright has installed."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def harbour(site: Site) -> world.Organization:
    """An organization of its own, with its admin."""
    return world.create_organization(site.stack, name="Harbour Works")


@pytest.fixture
def visitor(site: Site, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a browser of its own: `visitor(locale=...)`. Whatever a page complains about fails the test."""
    visitors: list[Visitor] = []
    with ExitStack() as windows:

        def open_window(**options: Any) -> Visitor:
            someone = windows.enter_context(visit(site.url, chromium, **options))
            visitors.append(someone)
            return someone

        yield open_window
    assert [each.complaints for each in visitors if each.complaints] == []


@pytest.fixture
def admin(harbour: world.Organization, visitor: Callable[..., Visitor]) -> Visitor:
    """The admin of that organization, signed in."""
    someone = visitor()
    someone.sign_in(harbour.admin.email, harbour.admin.password)
    return someone
