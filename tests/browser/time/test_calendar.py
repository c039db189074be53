"""A calendar link, made and revoked."""

import httpx
from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.serve.site import Site
from tools.stack import world


def test_a_calendar_link_is_shown_once_and_ends_when_revoked(
    site: Site, harbour: world.Organization, admin: Visitor
) -> None:
    person = harbour.insert("people", name="Mira Novak")
    page = admin.page
    admin.open(f"/people/{person['id']}")
    page.get_by_role("button", name="Make a link").click()
    dialog = page.get_by_role("dialog")
    link = dialog.get_by_label("Copy the link").first.inner_text()
    assert link.startswith(f"{site.url}/api/calendar/")
    assert "BEGIN:VCALENDAR" in httpx.get(link, timeout=60).text
    dialog.get_by_role("button", name="Done").click()
    expect(page.get_by_text(link)).to_have_count(0)
    page.get_by_role("button", name="Revoke: gb_").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The link is revoked.")).to_be_visible()
    assert httpx.get(link, timeout=60).status_code == 404
