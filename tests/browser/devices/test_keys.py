"""Keys, as people make and rotate them."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_a_rotated_key_stops_the_old_one_and_the_new_one_works(
    site: Site, admin: Visitor, harbour: world.Organization
) -> None:
    old = world.create_device_key(world.create_device(harbour, name="Desk"))
    assert tap(site.url, old.key, "DD542A83").status_code == 201
    page = admin.page
    # As it is where the page comes over plain http from another machine.
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    admin.open(f"/devices/{old.device.id}?tab=keys")
    page.get_by_role("button", name="Rotate").click()
    page.get_by_label("The old one works for").select_option("0")
    page.get_by_role("dialog").get_by_role("button", name="Rotate").click()
    new = page.get_by_test_id("new-key").inner_text()
    expect(page.get_by_role("img", name="The key as a QR code")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Copied", exact=True)).to_be_visible()
    page.get_by_role("button", name="I have copied it").click()
    page.get_by_text("1 key is over").click()
    expect(page.get_by_text("Revoked", exact=True)).to_be_visible()
    assert tap(site.url, old.key, "DD542A83", inserted=False).status_code == 401
    assert tap(site.url, new, "DD542A83", inserted=False).status_code == 201
