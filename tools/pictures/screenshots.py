"""`make screenshots`: pictures of the main pages for docs/images, of an invented week."""

import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import expect, sync_playwright

from tools.pictures.lived_in import Workshop, move_in
from tools.pictures.visitor import PATIENCE_MS, Visitor, launched, visit
from tools.serve.site import served
from tools.stack.processes import PROJECT

IMAGES = PROJECT / "docs" / "images"
LIMIT_KIB = 150


class Look(NamedTuple):
    """A window, and what is opened in it: a picture's name and a path."""

    scheme: str
    width: int
    height: int
    pictures: dict[str, str]


LOOKS = (
    Look(
        "light",
        1280,
        800,
        {
            "today": "/today",
            "timesheet": "/timesheet",
            "day": "/timesheet/{day}?entry={entry}",
            "connect": "/devices/{reader}?tab=connect",
            "tags": "/tags",
            "reports": "/reports",
        },
    ),
    Look("dark", 1280, 800, {"today-dark": "/today"}),
    Look("light", 390, 844, {"today-phone": "/today", "day-phone": "/timesheet/{day}"}),
)


def take(someone: Visitor, path: str, file: Path) -> None:
    """The page as it stands once everything is read."""
    page = someone.page
    someone.open(path)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main .skeleton")).to_have_count(0)
    page.screenshot(path=file, animations="disabled")
    assert file.stat().st_size <= LIMIT_KIB * 1024, f"{file.name} is larger than {LIMIT_KIB} KiB"


def take_all(url: str, workshop: Workshop) -> None:
    """Every picture, in place of the one from before."""
    names = {
        "day": workshop.yesterday.isoformat(),
        "reader": workshop.reader_id,
        "entry": workshop.corrected_id,
    }
    admin = workshop.organization.admin
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for look in LOOKS:
            options: dict[str, Any] = {
                "color_scheme": look.scheme,
                "viewport": {"width": look.width, "height": look.height},
                "reduced_motion": "reduce",
                "timezone_id": workshop.zone.key,
            }
            with visit(url, browser, **options) as someone:
                someone.sign_in(admin.email, admin.password)
                for name, path in look.pictures.items():
                    take(someone, path.format(**names), IMAGES / f"{name}.png")
        browser.close()


def main() -> int:
    """Serve everything for as long as it takes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gatebook-") as folder, served(Path(folder) / "log") as site:
        take_all(site.url, move_in(site))
    return 0


if __name__ == "__main__":
    sys.exit(main())
