"""Sessions, several at a time."""

from collections.abc import Callable

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.stack import world


def test_signing_out_ends_one_session_only(
    harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    here, there = visitor(), visitor()
    for each in (here, there):
        each.sign_in(harbour.admin.email, harbour.admin.password)
    here.page.get_by_role("button", name="You:").click()
    here.page.get_by_role("menuitem", name="Sign out").click()
    # The page loads anew, so that nothing of what was read stays in memory.
    here.page.wait_for_url("**/sign-in")
    here.open("/today")
    expect(here.page.get_by_role("button", name="Sign in")).to_be_visible()
    there.open("/devices")
    expect(there.page.get_by_role("heading", name="Devices")).to_be_visible()
    expect(there.page.get_by_text("No readers yet")).to_be_visible()
