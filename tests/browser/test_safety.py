"""What the browser is told, and what never stands in an address."""

from collections.abc import Callable

import httpx
from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world

BOLD = "<img src=x onerror=alert(1)><b>Tom</b>"


def test_the_policy_is_strict(site: Site) -> None:
    policy = httpx.get(site.url).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_names_with_html_show_as_text(site: Site, admin: Visitor, harbour: world.Organization) -> None:
    person = harbour.insert("people", name=BOLD)
    harbour.insert("projects", name=BOLD)
    harbour.insert("tags", uid="DD542A83", label=BOLD, person_id=person["id"])
    key = world.create_device_key(world.create_device(harbour, name=BOLD))
    assert tap(site.url, key.key, "DD542A83", minutes_ago=5).status_code == 201
    page = admin.page
    for path in (
        "/today",
        "/timesheet",
        "/events",
        "/devices",
        "/tags?show=assigned",
        "/projects",
        "/people",
    ):
        admin.open(path)
        expect(page.get_by_text(BOLD).first).to_be_visible()
        assert page.locator("main img").count() == 0


def test_no_token_stays_in_the_address(visitor: Callable[..., Visitor]) -> None:
    someone = visitor()
    for address in (
        "/reset-password#access_token=secret1&refresh_token=secret2&type=recovery",
        "/reset-password?code=secret3",
        "/reset-password?token_hash=secret4&type=recovery",
        "/invite#token=secret5",
    ):
        someone.open(address)
        expect(someone.page.get_by_role("button", name="Sign in")).to_be_visible()
        assert "secret" not in someone.page.evaluate("location.href")
        someone.page.evaluate("localStorage.clear()")


def test_a_link_that_does_not_work_says_so_and_leads_on(
    harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    someone = visitor()
    page = someone.page
    someone.open("/reset-password#error=access_denied&error_code=otp_expired&error_description=Expired")
    expect(page.get_by_text("The link is too old or was used.")).to_be_visible()
    page.get_by_label("E-mail").fill(harbour.admin.email)
    page.get_by_label("Password").fill(harbour.admin.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
