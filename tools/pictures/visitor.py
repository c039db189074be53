"""A person with a browser of their own, and a reader to tap at."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, Playwright, expect

# The machine of a test may be busy with other tests.
PATIENCE_MS = 60_000
WEBHOOK = "/api/webhook/device-event"


def tap(url: str, key: str, tag: str, *, inserted: bool = True, minutes_ago: float = 0) -> httpx.Response:
    """What a reader sends."""
    seen_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    event = {
        "timestamp": seen_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "event_type": "tag_insert" if inserted else "tag_removed",
        "tag_present": inserted,
        "tag_id": tag,
    }
    return httpx.post(f"{url}{WEBHOOK}", json=event, headers={"X-API-Key": key}, timeout=60)


def taps(url: str, key: str, events: list[dict[str, Any]]) -> httpx.Response:
    """A batch, as a reader sends that was offline."""
    return httpx.post(f"{url}{WEBHOOK}", json={"events": events}, headers={"X-API-Key": key}, timeout=120)


class Visitor:
    """Somebody at the page; what the browser complains about is kept."""

    def __init__(self, url: str, page: Page) -> None:
        """`page` is a tab of a browser context that nobody else uses."""
        self.url = url
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        # That a sign-in fails is an answer, not a fault of the page.
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def open(self, path: str) -> None:
        """Go to a path of the page."""
        self.page.goto(f"{self.url}{path}")

    def look_again(self, after_seconds: float = 15) -> None:
        """Come back after a while that the page's clock jumps over: what it would read later it reads now."""
        self.page.clock.fast_forward(round(after_seconds * 1000))
        self.page.evaluate("dispatchEvent(new Event('focus'))")

    def sign_in(self, email: str, password: str) -> None:
        """As a person does, and wait until one is in."""
        self.open("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("navigation", name="Pages").first.wait_for(state="attached")

    def sign_up(self, name: str, email: str, password: str) -> None:
        """Up to the question for an organization."""
        self.open("/sign-up")
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Create an account").click()

    def choose(self, label: str, text: str) -> None:
        """Pick one from a list that is searched by typing."""
        # Of two, the one in the dialog on top.
        field = self.page.get_by_role("combobox", name=label).last
        field.click()
        field.fill(text)
        self.page.get_by_role("option", name=text, exact=True).first.click()

    def give_reason(self, reason: str) -> None:
        """Answer the question why, and save."""
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Reason").fill(reason)
        dialog.get_by_role(
            "button", name=re.compile("^(Save|Split|Delete|Add time|Back to what the taps say)$")
        ).click()
        expect(dialog).to_have_count(0)


def executable() -> str | None:
    """The system's Chromium; None for the one that Playwright has installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launched(playwright: Playwright) -> Browser:
    """A Chromium without a window."""
    return playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])


@contextmanager
def visit(url: str, browser: Browser, **options: Any) -> Iterator[Visitor]:
    """A browser window with nothing kept from before."""
    usual = {"locale": "en-GB", "timezone_id": "Europe/Vienna", "viewport": {"width": 1280, "height": 860}}
    context = browser.new_context(**usual | options)
    try:
        yield Visitor(url, context.new_page())
    finally:
        context.close()
