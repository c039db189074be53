"""A session that ends while somebody types."""

import httpx
from playwright.sync_api import expect

from tests.browser.axe import violations
from tools.pictures.visitor import Visitor
from tools.serve.site import Site
from tools.stack import world

# What an hour would do, and the token with which the session was ended elsewhere.
AN_HOUR_LATER = """() => {
    const kept = JSON.parse(localStorage.getItem("gatebook-session"));
    localStorage.setItem("gatebook-session", JSON.stringify({ ...kept, expires_at: 1 }));
    return kept.access_token;
}"""


def test_what_was_typed_outlasts_the_session(site: Site, admin: Visitor, harbour: world.Organization) -> None:
    page = admin.page
    admin.open("/projects")
    page.get_by_role("button", name="Add a project").first.click()
    form = page.get_by_role("dialog", name="Add a project")
    form.get_by_label("Name").fill("Lighthouse")
    token = page.evaluate(AN_HOUR_LATER)
    headers = {"apikey": site.stack.publishable_key, "Authorization": f"Bearer {token}"}
    ended = httpx.post(f"{site.stack.auth_url}/logout?scope=local", headers=headers, timeout=60)
    assert ended.status_code == 204

    form.get_by_role("button", name="Save").click()
    again = page.get_by_role("dialog", name="Please sign in again")
    expect(again).to_contain_text(harbour.admin.email)
    assert violations(admin) == []
    for _ in range(2):
        page.keyboard.press("Escape")
    again.get_by_label("Password").fill("not the password")
    again.get_by_role("button", name="Sign in").click()
    expect(again.get_by_role("alert")).to_be_visible()
    again.get_by_label("Password").fill(harbour.admin.password)
    again.get_by_role("button", name="Sign in").click()
    expect(again).to_have_count(0)

    expect(form.get_by_label("Name")).to_have_value("Lighthouse")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Lighthouse")).to_be_visible()
