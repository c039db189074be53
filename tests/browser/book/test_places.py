"""Places, as people keep them."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.stack import world


def test_places_are_added_renamed_and_archived(harbour: world.Organization, admin: Visitor) -> None:
    page = admin.page
    admin.open("/places")
    page.get_by_role("button", name="Add a place").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Frnt door")
    dialog.get_by_role("button", name="Add a place").click()
    page.get_by_role("button", name="Edit: Frnt door").click()
    dialog.get_by_label("Name").fill("Front door")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Archive: Front door").click()
    expect(page.get_by_text("No places yet")).to_be_visible()
    page.get_by_role("link", name="Archived").click()
    expect(page.get_by_role("row", name="Front door")).to_be_visible()
    [place] = harbour.rows("places")
    assert place["archived_at"] is not None
