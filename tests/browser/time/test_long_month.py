"""A month with more than 10,000 entries: the page asks for sums and for pages, never for everything."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Response, expect

from tools.pictures.visitor import Visitor, taps
from tools.serve.site import Site
from tools.stack import world

PEOPLE, DAYS, TAPS_A_DAY, MINUTES = 22, 25, 20, 24
ENTRIES = PEOPLE * DAYS * (TAPS_A_DAY - 1)
HOURS = DAYS * (TAPS_A_DAY - 1) * MINUTES / 60
ZONE = ZoneInfo("Europe/Vienna")
MOST_REQUESTS = 20
MOST_BYTES = 400 * 1024
# A person's pages of entries hold 50; a sum by person and day is a row.
MOST_ROWS = PEOPLE * DAYS

pytestmark = pytest.mark.timeout(600)


class Fetched(NamedTuple):
    """What a page asked for, and how much came."""

    path: str
    rows: int
    size: int


def month_of(cards: tuple[str, str], first: date) -> Iterator[dict[str, Any]]:
    """Two cards by turns on a reader, until the last one goes home."""
    for day in range(DAYS):
        start = datetime.combine(first + timedelta(days=day), time(8), ZONE)
        turns = cycle(cards)
        for number in range(TAPS_A_DAY - 1):
            at = start + timedelta(minutes=MINUTES * number)
            last = next(turns)
            yield {"timestamp": at.isoformat(), "event_type": "tag_insert", "tag_id": last}
        end = start + timedelta(minutes=MINUTES * (TAPS_A_DAY - 1))
        yield {"timestamp": end.isoformat(), "event_type": "tag_removed", "tag_id": last}


@pytest.fixture
def last_month(site: Site, harbour: world.Organization) -> tuple[date, str]:
    """Its first day, and a person who worked in it; every reader sends its month as one batch."""
    first = (datetime.now(ZONE).date().replace(day=1) - timedelta(days=1)).replace(day=1)
    projects = [harbour.insert("projects", name=name)["id"] for name in ("Crane", "Quay")]
    for number in range(PEOPLE):
        person = harbour.insert("people", name=f"Person {number:02}")
        cards = (f"AA0000{number:02X}", f"BB0000{number:02X}")
        for card, project in zip(cards, projects, strict=True):
            harbour.insert("tags", uid=card, project_id=project)
        key = world.create_device_key(world.create_device(harbour, person_id=person["id"]))
        answer = taps(site.url, key.key, list(month_of(cards, first)))
        assert answer.status_code == 200, answer.text
    counted = harbour.client.get(
        "/time_entries",
        params={"organization_id": f"eq.{harbour.id}", "select": "id", "limit": "1"},
        headers={"Prefer": "count=exact"},
    )
    assert counted.headers["content-range"].rpartition("/")[2] == str(ENTRIES)
    assert ENTRIES > 10_000
    return first, person["id"]


def test_a_page_reads_sums_and_pages(admin: Visitor, last_month: tuple[date, str]) -> None:
    first, person_id = last_month
    page = admin.page
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))

    def go(path: str) -> None:
        # The page before must not answer any more: its bodies go with it.
        page.goto("about:blank")
        responses.clear()
        admin.open(path)

    def read() -> list[Fetched]:
        page.wait_for_load_state("networkidle")
        expect(page.locator("main .skeleton")).to_have_count(0)
        fetched = []
        for response in responses:
            if "/rest/v1/" in response.url and response.request.method != "OPTIONS":
                body = response.json()
                path = response.url.partition("/rest/v1/")[2]
                rows = len(body) if isinstance(body, list) else 1
                fetched.append(Fetched(path, rows, len(response.body())))
        responses.clear()
        assert fetched
        assert len(fetched) <= MOST_REQUESTS, fetched
        assert max(each.rows for each in fetched) <= MOST_ROWS, fetched
        assert sum(each.size for each in fetched) <= MOST_BYTES, fetched
        return fetched

    month = f"view=month&day={first}"
    for path in (f"/timesheet?{month}", f"/timesheet?{month}&person={person_id}"):
        go(path)
        expect(page.locator("main")).to_contain_text(f"{HOURS:.0f} h 00")
        assert not any(each.path.startswith("time_entr") for each in read())

    go(f"/timesheet/{first}")
    expect(page.locator("main")).to_contain_text(f"{PEOPLE * HOURS / DAYS:.0f} h")
    read()

    go(f"/people/{person_id}")
    rows = page.locator("main table tbody tr")
    expect(page.locator("main")).to_contain_text(f"{DAYS * (TAPS_A_DAY - 1)}")
    entries = [each for each in read() if each.path.startswith("time_entry_details")]
    assert [each.rows for each in entries] == [50]
    before = rows.count()
    page.get_by_role("button", name="Load more").click()
    expect(rows).to_have_count(before + 50)
    assert [each.rows for each in read() if each.path.startswith("time_entry_details")] == [50]
