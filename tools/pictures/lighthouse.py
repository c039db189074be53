"""`make lighthouse`: what Lighthouse says of the built page, signed out and in, on a desk and on a phone.

Scores are 0 to 100. Performance depends on how busy the machine is, so that only this command, run on a quiet
one, judges it; tests judge the other two. https://developer.chrome.com/docs/lighthouse
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from tools.pictures.lived_in import move_in
from tools.pictures.visitor import Visitor, executable
from tools.serve.site import served
from tools.stack.processes import PROJECT, free_port

BAR = 95
CATEGORIES = ("performance", "accessibility", "best-practices")
FORMS = {"desktop": ("--preset=desktop",), "mobile": ()}
PROGRAM = PROJECT / "tools" / "pictures" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
# A median, since single runs differ.
RUNS = 3


def audit(url: str, port: int, *options: str, categories: Sequence[str] = CATEGORIES) -> dict[str, Any]:
    """Lighthouse's report of one load of a page, in the browser that listens on this port."""
    settings = ("--quiet", "--output=json", "--disable-storage-reset", "--no-enable-error-reporting")
    only = f"--only-categories={','.join(categories)}"
    report = subprocess.run(
        ["node", PROGRAM, url, f"--port={port}", only, *settings, *options],
        check=True,
        capture_output=True,
        timeout=300,
    )
    answer: dict[str, Any] = json.loads(report.stdout)
    return answer


def scores(report: dict[str, Any]) -> dict[str, int]:
    """By category, 0 to 100."""
    return {name: round(100 * (each["score"] or 0)) for name, each in report["categories"].items()}


def faults(report: dict[str, Any], category: str) -> list[str]:
    """What takes points away in a category."""
    return [
        f"{each['id']}: {report['audits'][each['id']]['title']}"
        for each in report["categories"][category]["auditRefs"]
        if each["weight"]
        and (report["audits"][each["id"]]["score"] or 0) < 1
        and report["audits"][each["id"]]["scoreDisplayMode"] != "notApplicable"
    ]


@contextmanager
def browser(playwright: Playwright, url: str) -> Iterator[tuple[Visitor, int]]:
    """A visitor in a Chromium that Lighthouse can join, and the port for that."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="gatebook-") as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=executable(),
            args=["--no-sandbox", f"--remote-debugging-port={port}"],
        )
        yield Visitor(url, context.new_page()), port
        context.close()


def measured(url: str, port: int) -> dict[str, dict[str, Any]]:
    """The scores of a page by form, of the run with the median performance."""
    figures = {}
    for form, options in FORMS.items():
        runs = sorted(
            (audit(url, port, *options) for _ in range(RUNS)), key=lambda run: scores(run)["performance"]
        )
        median = runs[RUNS // 2]
        times = {
            f"{name.replace('-', '_')}_ms": round(median["audits"][name]["numericValue"])
            for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
        }
        figures[form] = scores(median) | times
        print(f"{url} {form}: {figures[form]}", file=sys.stderr)
    return figures


def main() -> int:
    """Print the figures; 1 if one is below the bar."""
    with tempfile.TemporaryDirectory(prefix="gatebook-") as folder, served(Path(folder) / "log") as site:
        workshop = move_in(site)
        with sync_playwright() as playwright, browser(playwright, site.url) as (someone, port):
            figures = {"sign-in": measured(f"{site.url}/sign-in", port)}
            admin = workshop.organization.admin
            someone.sign_in(admin.email, admin.password)
            # So that it does not read on beside what is measured.
            someone.page.goto("about:blank")
            for path in ("today", "timesheet"):
                figures[path] = measured(f"{site.url}/{path}", port)
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"lighthouse": figures, "load_average": load}, indent=2))
    lowest = min(form[name] for page in figures.values() for form in page.values() for name in CATEGORIES)
    return 0 if lowest >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
