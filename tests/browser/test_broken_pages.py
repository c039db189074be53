"""A page that does not come or cannot be drawn says so, and the frame around it stays."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor


def test_a_page_that_does_not_open_says_so_and_can_be_loaded_again(admin: Visitor) -> None:
    page = admin.page
    missing = "**/assets/PlacesPage-*.js"
    page.route(missing, lambda route: route.abort())
    page.get_by_role("link", name="Places").click()
    expect(page.get_by_text("It did not arrive.")).to_be_visible()
    page.unroute(missing)

    # An answer such as no server gives, in which the page stumbles.
    nonsense = "**/rest/v1/places?**"
    page.route(nonsense, lambda route: route.fulfill(json=[{"id": "1", "name": "Front door"}]))
    page.get_by_role("button", name="Load again").click()
    expect(page.get_by_text("It cannot be shown.")).to_be_visible()
    page.get_by_role("link", name="Projects").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
    page.unroute(nonsense)
    page.get_by_role("link", name="Places").click()
    expect(page.get_by_text("No places yet")).to_be_visible()
    # Both are in the console, too, for whoever puts them right.
    assert len(admin.complaints) >= 2
    admin.complaints.clear()
