"""Lighthouse on the built page: accessibility, best practices; `make lighthouse` judges its speed."""

import pytest
from playwright.sync_api import Playwright

from tools.pictures.lighthouse import BAR, FORMS, audit, browser, faults, scores
from tools.serve.site import Site
from tools.stack import world

JUDGED = ("accessibility", "best-practices")


@pytest.mark.timeout(600)
def test_lighthouse_finds_little_to_complain_about(site: Site, playwright: Playwright) -> None:
    harbour = world.create_organization(site.stack, name="Harbour Works")
    found = {}
    with browser(playwright, site.url) as (someone, port):
        found["/sign-in"] = audit(f"{site.url}/sign-in", port, categories=JUDGED)
        someone.sign_in(harbour.admin.email, harbour.admin.password)
        for form, options in FORMS.items():
            found[f"/today, {form}"] = audit(f"{site.url}/today", port, *options, categories=JUDGED)
    for page, report in found.items():
        for category in JUDGED:
            assert scores(report)[category] >= BAR, f"{page}: {faults(report, category)}"
    # Signed in all along, or it was the sign-in page again.
    assert {report["finalDisplayedUrl"] for report in found.values()} == {
        f"{site.url}/sign-in",
        f"{site.url}/today",
    }
