"""The whole of it on free ports: the embedded Supabase, the functions, the built page and a Chromium."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tools.pictures.visitor import PATIENCE_MS, Visitor, launched, visit
from tools.serve.site import Site, served
from tools.stack import world


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Served as by `make run`, without its demo."""
    with served(tmp_path_factory.mktemp("gateway") / "gateway.log") as site:
        yield site


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, else the one that Playwright has installed."""
    browser = launched(playwright)
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
