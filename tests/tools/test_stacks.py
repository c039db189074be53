"""Both stacks answer as the platform does, in what the other tests build on."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tools.stack import world
from tools.stack.cluster import Cluster
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack


def test_a_stack_is_ready_when_it_has_started(stack: Stack) -> None:
    assert stack.client().post("/rpc/ping").status_code == 200


def test_an_admin_reads_the_own_organization_and_a_stranger_does_not(
    stack: Stack, organization: Callable[..., world.Organization]
) -> None:
    theirs = organization("Harbour")
    stranger = stack.client(stack.sign_up().access_token)
    assert [row["name"] for row in theirs.client.get("/organizations").json()] == ["Harbour"]
    assert stranger.get("/organizations").json() == []


def test_a_key_of_a_new_device_is_made_through_the_api(device_key: Callable[..., world.DeviceKey]) -> None:
    made = device_key(kind="url")
    assert made.key.startswith("gb_")
    assert made.device.organization.rows("device_keys", select="id,kind") == [{"id": made.id, "kind": "url"}]


@pytest.mark.parametrize("role", ["operator", "viewer", "member"])
def test_a_member_is_added_in_a_role(
    stack: Stack, organization: Callable[..., world.Organization], role: str
) -> None:
    theirs = organization()
    member = world.add_member(stack, theirs, role)
    rows = stack.client(member.access_token).get(f"/memberships?user_id=eq.{member.id}").json()
    assert [row["role"] for row in rows] == [role]


def test_data_outlives_an_outage(stack: Stack, organization: Callable[..., world.Organization]) -> None:
    theirs = organization("Harbour")
    stack.stop()
    try:
        with pytest.raises(httpx.ConnectError):
            theirs.client.get("/organizations")
    finally:
        stack.start()
    assert [row["name"] for row in theirs.client.get("/organizations").json()] == ["Harbour"]


def test_migrations_run_as_a_role_that_is_no_superuser(postgres_stack: PostgresStack) -> None:
    assert postgres_stack.sql("select rolsuper from pg_roles where rolname = current_user") == [
        {"rolsuper": False}
    ]
    assert postgres_stack.sql(
        "select distinct tableowner from pg_tables where schemaname in ('public', 'private')"
    ) == [{"tableowner": "postgres"}]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as somebody else")
def test_postgres_runs_from_a_folder_that_only_root_may_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Cluster, "_may_run", lambda *_: False)
    home = Path(tempfile.mkdtemp(prefix="gatebook-"))
    cluster = Cluster(home, is_durable=False)
    try:
        cluster.create()
        assert cluster.bin.is_relative_to(home)
    finally:
        cluster.stop()
        shutil.rmtree(home)
