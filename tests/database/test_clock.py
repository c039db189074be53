"""The database has one clock, private.now(): a test may set it, and no caller of the API."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.support.clock import Clock, set_clock
from tools.make.catalogue import read_catalogue
from tools.stack import world
from tools.stack.postgres import PostgresStack

MORNING = datetime(2031, 6, 2, 6, tzinfo=UTC)
OTHER_CLOCKS = re.compile(
    r"(?<!private\.)\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\("
    r"|\bcurrent_(?:timestamp|date|time)\b|\blocaltime(?:stamp)?\b"
    r"|'(?:now|today|tomorrow|yesterday)'(?:::(?:timestamp|date|time)|\s*$)"
    r"|\b(?:timestamptz|timestamp|date|time)\s+'(?:now|today|tomorrow|yesterday)'",
    re.IGNORECASE,
)
OURS = re.compile(r"(?:function|column|relation|policy|trigger|constraint|index) .*\b(?:public|private)\.")


@pytest.fixture(scope="module")
def own_stack() -> Iterator[PostgresStack]:
    """Apart from the others, whose time would go by, too."""
    with PostgresStack() as stack:
        yield stack


@pytest.fixture
def clock(own_stack: PostgresStack) -> Iterator[Clock]:
    with set_clock(own_stack, MORNING) as found:
        yield found


@pytest.fixture
def desk(own_stack: PostgresStack) -> world.DeviceKey:
    """A reader on Ann's desk."""
    theirs = world.create_organization(own_stack)
    ann = theirs.insert("people", name="Ann")
    return world.create_device_key(world.create_device(theirs, person_id=ann["id"]))


def other_clocks(catalogue: dict[str, str]) -> list[str]:
    """The objects that ask something else for the time."""
    return [
        name
        for name, definition in catalogue.items()
        if OURS.match(name) and OTHER_CLOCKS.search(re.sub(r"--[^\n]*", "", definition))
    ]


def catalogue_after(stack: PostgresStack, statement: str) -> dict[str, str]:
    with (
        psycopg.connect(stack.cluster.url("postgres"), autocommit=True) as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute(statement)
        return read_catalogue(connection)


def tap(stack: PostgresStack, desk: world.DeviceKey, event_type: str) -> dict[str, Any]:
    """Of a reader without a clock: when it is received counts."""
    event = {"event_type": event_type, "tag_uid": "DD542A83", "device_time": None, "device_at": None}
    answer = world.rpc(
        stack.client(), "record_device_events", device_key=desk.key, key_kind="header", events=[event]
    )
    result: dict[str, Any] = answer["results"][0]
    return result


def test_nothing_else_is_asked_for_the_time(postgres_stack: PostgresStack) -> None:
    assert other_clocks(catalogue_after(postgres_stack, "select 1")) == ["function private.now()"]


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("create table public.x (at timestamptz default now())", "column public.x.at"),
        ("create table public.x (at date default current_date)", "column public.x.at"),
        ("create view public.x as select clock_timestamp() as at", "relation public.x"),
        (
            "create function public.x() returns date language sql as $$ select 'today'::date $$",
            "function public.x()",
        ),
        (
            "create function public.x() returns date language plpgsql as $$ begin return now (); end $$",
            "function public.x()",
        ),
        (
            "create policy x on public.tags for select using (created_at < localtimestamp)",
            "policy x on public.tags",
        ),
    ],
)
def test_another_clock_is_found(postgres_stack: PostgresStack, statement: str, name: str) -> None:
    assert name in other_clocks(catalogue_after(postgres_stack, statement))


def test_the_planner_sees_through_it(postgres_stack: PostgresStack) -> None:
    """It costs nothing, and an index on time is used as with now()."""
    plan = postgres_stack.sql(
        "explain verbose select * from public.time_entries where limit_at < private.now()"
        " and ended_at is null and deleted_at is null"
    )
    text = "\n".join(row["QUERY PLAN"] for row in plan)
    assert "limit_at < now()" in text
    assert "private" not in text.replace("private.time", "")


def test_on_a_project_nobody_sets_it(postgres_stack: PostgresStack) -> None:
    """What every migration makes reads no setting, no header and no table."""
    rows = postgres_stack.sql("select pg_get_functiondef('private.now()'::regprocedure) as body")
    assert re.sub(r"\s+", " ", rows[0]["body"]).strip().endswith("RETURN now()")
    headers = {"gatebook.now": "2031-01-01", "gatebook-now": "2031-01-01", "x-gatebook-now": "2031-01-01"}
    answer = postgres_stack.client().post("/rpc/ping", headers=headers)
    said = datetime.fromisoformat(answer.json()["now"])
    assert abs(said - datetime.now(UTC)) < timedelta(hours=1)


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role", "device"])
def test_no_role_of_the_api_replaces_it(postgres_stack: PostgresStack, role: str) -> None:
    replacement = "create or replace function private.now() returns timestamptz language sql return now()"
    with psycopg.connect(postgres_stack.cluster.url("postgres")) as connection:
        connection.execute(f"set role {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(replacement)


def test_a_day_goes_by_without_waiting(own_stack: PostgresStack, desk: world.DeviceKey, clock: Clock) -> None:
    organization = desk.device.organization
    service = own_stack.service
    opened = tap(own_stack, desk, "tag_insert")
    assert datetime.fromisoformat(opened["occurred_at"]) == MORNING
    noon = clock.forward(hours=4)
    assert tap(own_stack, desk, "tag_removed")["time_entry"]["change"] == "closed"

    one = clock.forward(hours=1)
    tap(own_stack, desk, "tag_insert")
    clock.forward(hours=2)
    present = world.rpc(organization.client, "present_now", organization_id=organization.id)
    assert [datetime.fromisoformat(row["since"]) for row in present] == [one]
    clock.forward(hours=11)
    assert world.rpc(organization.client, "present_now", organization_id=organization.id) == []
    assert world.rpc(service, "sweep") == {"entries_closed": 1, "alerts_raised": 1}
    rows = organization.rows("time_entries", select="started_at,ended_at,flags", order="started_at")
    spans = [[datetime.fromisoformat(row[name]) for name in ("started_at", "ended_at")] for row in rows]
    assert spans == [[MORNING, noon], [one, one + timedelta(hours=12)]]
    assert [row["flags"] for row in rows] == [[], ["auto_closed"]]
    raised = organization.rows("alerts", select="raised_at", kind="eq.missing_clock_out")
    assert [datetime.fromisoformat(row["raised_at"]) for row in raised] == [clock.now]
    place = organization.insert("places", name="Gate")
    assert datetime.fromisoformat(place["created_at"]) == clock.now


def test_afterwards_the_database_is_as_it_was(own_stack: PostgresStack) -> None:
    before = catalogue_after(own_stack, "select 1")
    with set_clock(own_stack, MORNING) as clock:
        assert clock.now == MORNING
        assert clock.forward(days=365) == MORNING + timedelta(days=365)
    assert catalogue_after(own_stack, "select 1") == before


def test_a_rate_limit_ends_with_the_minute(
    own_stack: PostgresStack, desk: world.DeviceKey, clock: Clock
) -> None:
    own_stack.sql("update public.devices set requests_per_minute = 1 where id = %s", [desk.device.id])
    call = {"device_key": desk.key, "key_kind": "header", "events": []}

    def post() -> int:
        return own_stack.client().post("/rpc/record_device_events", json=call).status_code

    assert [post(), post()] == [200, 429]
    clock.forward(minutes=1)
    assert post() == 200
