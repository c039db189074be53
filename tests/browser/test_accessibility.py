"""axe on every page: nothing serious, in both themes, wide and narrow."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tools.pictures.visitor import Visitor, tap, visit
from tools.serve.site import Site
from tools.stack import world

OPEN = ("/sign-in", "/sign-up", "/forgot-password")
PAGES = (
    "/today",
    "/timesheet",
    "/timesheet?view=month&by=project",
    "/timesheet?view=month&person={person}",
    "/timesheet/{day}",
    "/timesheet/{day}?entry={entry}",
    "/entries/{entry}",
    "/reports",
    "/devices",
    "/devices/{device}",
    "/devices/{device}?tab=connect",
    "/devices/{device}?tab=keys",
    "/devices/{device}?tab=settings",
    "/events",
    "/alerts",
    "/tags",
    "/tags/{tag}",
    "/projects",
    "/projects/{project}",
    "/people",
    "/people/{person}",
    "/places",
    "/members",
    "/settings",
    "/audit",
    "/profile",
    "/more",
    "/nowhere",
)


@pytest.fixture(scope="module")
def furnished(site: Site) -> tuple[world.Organization, dict[str, str]]:
    """An organization with one of everything, and what the paths above name."""
    harbour = world.create_organization(site.stack, name="Harbour Works")
    person = harbour.insert("people", name="Mira Novak", email="mira@example.com")
    project = harbour.insert("projects", name="Harbour crane", color="#c27a0e")
    place = harbour.insert("places", name="Pier 7")
    tag = harbour.insert("tags", uid="DD542A83", person_id=person["id"], project_id=project["id"])
    device = world.create_device(harbour, name="Desk", person_id=person["id"], place_id=place["id"])
    key = world.create_device_key(device)
    tap(site.url, key.key, "DD542A83", minutes_ago=30)
    tap(site.url, key.key, "DD542A83", minutes_ago=10, inserted=False)
    tap(site.url, key.key, "DD542A83", minutes_ago=2)
    tap(site.url, key.key, "04A1B2C3", minutes_ago=-60)
    entry = harbour.rows("time_entry_details", order="started_at", limit="1")[0]
    names = {
        "person": person["id"],
        "project": project["id"],
        "tag": tag["id"],
        "device": device.id,
        "entry": entry["id"],
        "day": entry["started_at"][:10],
    }
    return harbour, names


def settled(someone: Visitor) -> Visitor:
    """Once everything is read."""
    someone.page.get_by_role("heading", level=1).wait_for()
    expect(someone.page.locator("main .skeleton")).to_have_count(0)
    return someone


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_no_page_has_a_serious_violation(
    site: Site,
    chromium: Browser,
    furnished: tuple[world.Organization, dict[str, str]],
    scheme: str,
    width: int,
) -> None:
    harbour, names = furnished
    options: dict[str, Any] = {
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 860},
        "reduced_motion": "reduce",
    }
    found: dict[str, list[str]] = {}
    with visit(site.url, chromium, **options) as someone:
        for path in OPEN:
            someone.open(path)
            found[path] = violations(settled(someone))
        someone.sign_in(harbour.admin.email, harbour.admin.password)
        for path in PAGES:
            someone.open(path.format(**names))
            found[path] = violations(settled(someone))
            if someone.page.evaluate("document.documentElement.scrollWidth") > width:
                found[path].append("The page is wider than the screen.")
    faults = [f"{path}: {fault}" for path, faults in found.items() for fault in faults]
    assert not faults, "\n".join(faults)
