"""How the built page is served."""

from pathlib import Path

import pytest
from werkzeug.test import Client

from tools.serve.page import Page


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A page as Vite would have built it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Gatebook</title>")
    (folder / "assets" / "index-1a2b.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("not for the world")
    return folder


@pytest.fixture
def client(dist: Path) -> Client:
    """A browser, more or less."""
    page = Page(
        supabase_url="https://project.supabase.co/",
        publishable_key="sb_publishable_x",
        gatebook_url="http://127.0.0.1:8000",
        dist=dist,
    )
    return Client(page)


@pytest.mark.parametrize("path", ["/", "/devices", "/devices/0d3a0000-0000-4000-8000-000000000041"])
def test_any_path_of_the_page_opens_the_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<title>Gatebook</title>" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_an_asset_is_kept_for_good_because_its_name_changes_with_it(client: Client) -> None:
    answer = client.get("/assets/index-1a2b.js")
    assert answer.mimetype == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/assets/index-gone.js", "/favicon.ico", f"/{'x' * 300}.js"])
def test_a_missing_file_is_not_the_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/assets/../../secret.txt", "//secret.txt", "/%2e%2e/secret.txt"]
)
def test_nothing_outside_the_page_is_served(client: Client, path: str) -> None:
    assert "not for the world" not in client.get(path).text


def test_the_policy_names_supabase_and_nobody_else(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self' http://127.0.0.1:8000 https://project.supabase.co" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_a_page_that_did_not_change_is_not_sent_again(client: Client) -> None:
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_is_read_only(client: Client) -> None:
    answer = client.post("/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_page_that_is_not_built_says_so(client: Client, dist: Path) -> None:
    (dist / "index.html").unlink()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make page" in answer.text
