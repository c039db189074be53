"""The whole of it on free ports: the embedded Supabase, the functions, the built page and a Chromium."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from tests.support import world
from tests.support.templates import embedded_template

from gatebook.local.embedded import EmbeddedStack
from gatebook.local.page import DIST
from gatebook.local.processes import Process, answers, free_port
from gatebook.local.stack import User

# Machines that run tests are busy.
PATIENCE_MS = 30_000


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
def browse(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own: `browse()` at the gate, `browse(user)` signed in, `browse(path=...)`.

    Whatever a page throws fails the test.
    """
    errors: list[Error] = []
    contexts = []

    def open_browser(user: User | None = None, path: str = "/", **options: Any) -> Page:
        context = chromium.new_context(base_url=site.url, locale="en-GB", **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", errors.append)
        page.goto(path)
        if user is not None:
            sign_in(page, user)
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert not errors, errors


def sign_in(page: Page, user: User) -> None:
    """Fill in the form and wait until the page behind it stands."""
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).wait_for(state="detached")


@pytest.fixture
def organization(site: Site) -> Callable[..., world.Organization]:
    """Make an organization with its admin: `organization(name, time_zone)`."""
    return partial(world.create_organization, site.stack)
