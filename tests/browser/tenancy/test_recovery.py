"""A forgotten password: by either kind of link to a new one, and on."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.serve.site import Site
from tools.stack import world


@pytest.mark.parametrize("kind", ["code", "tokens"])
def test_a_link_leads_to_a_new_password_and_on_to_today(
    site: Site, harbour: world.Organization, visitor: Callable[..., Visitor], kind: str
) -> None:
    someone = visitor()
    page = someone.page
    page.route("**/auth/v1/recover**", lambda route: route.fulfill(json={}))
    someone.open("/forgot-password")
    page.get_by_label("E-mail").fill(harbour.admin.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("the link is on its way")).to_be_visible()

    # No mail leaves the embedded Auth; what the link would bring is a session of that account.
    session = httpx.post(
        f"{site.stack.auth_url}/token?grant_type=password",
        json={"email": harbour.admin.email, "password": harbour.admin.password},
        headers={"apikey": site.stack.publishable_key},
        timeout=60,
    ).json()
    page.route("**/auth/v1/token?grant_type=pkce", lambda route: route.fulfill(json=session))
    tokens = f"access_token={session['access_token']}&refresh_token={session['refresh_token']}"
    links = {"code": "?code=from-the-mail", "tokens": f"#{tokens}&type=recovery"}
    someone.open(f"/reset-password{links[kind]}")
    expect(page.get_by_role("heading", name="Your new password")).to_be_visible()
    # Who loads the page again has still not chosen one.
    page.reload()
    page.get_by_label("New password").fill("a new and long password")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
