"""Tags, assigned by tapping them."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_a_tag_is_assigned_by_tapping_it(site: Site, admin: Visitor, harbour: world.Organization) -> None:
    key = world.create_device_key(world.create_device(harbour, name="Desk"))
    page = admin.page
    admin.open("/tags")
    page.get_by_role("button", name="Tap a tag now").first.click()
    expect(page.get_by_text("Waiting for the next tap")).to_be_visible()
    # The page has asked for the newest tap before the next one comes.
    with page.expect_response(lambda response: "latest_taps" in response.url):
        pass
    assert tap(site.url, key.key, "04 a1 b2 c3 d4 e5 80").status_code == 201
    expect(page.get_by_role("heading", name="04 A1 B2 C3 D4 E5 80")).to_be_visible()
