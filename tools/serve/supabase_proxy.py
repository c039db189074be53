"""The embedded Supabase behind the page's own origin.

Its Auth does not answer a browser's preflight with the headers that supabase-js sends, so a page of another
origin cannot sign in. A hosted project and `supabase start` do, and are asked directly.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx
from werkzeug.wsgi import get_input_stream

PREFIXES = ("/auth/v1/", "/rest/v1/", "/storage/v1/")
# What belongs to one connection, and what httpx has undone or adds itself.
NOT_PASSED_ON = frozenset(
    {
        "connection",
        "keep-alive",
        "transfer-encoding",
        "content-length",
        "content-encoding",
        "host",
        "upgrade",
        "te",
    }
)


class BadBody(Exception):  # noqa: N818
    """A body that ends early, or whose chunks are none."""


class SupabaseProxy:
    """A WSGI application that passes requests on as they are."""

    def __init__(self, supabase_url: str) -> None:
        self._base = httpx.URL(supabase_url)
        self._client = httpx.Client(timeout=60)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what Supabase answers, 400 for what nobody could pass on, or 502."""
        try:
            answer = self._client.request(
                environ["REQUEST_METHOD"],
                self._url(environ),
                content=_body(environ),
                headers=_headers(environ),
            )
        except httpx.HTTPError:
            return _refuse("502 Bad Gateway", start_response)
        except (httpx.InvalidURL, BadBody):
            return _refuse("400 Bad Request", start_response)
        passed = [
            (name, value) for name, value in answer.headers.multi_items() if name.lower() not in NOT_PASSED_ON
        ]
        start_response(
            f"{answer.status_code} {answer.reason_phrase}",
            [*passed, ("Content-Length", str(len(answer.content)))],
        )
        return [answer.content]

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def _url(self, environ: WSGIEnvironment) -> httpx.URL:
        """That path there. A request may name a host, as to a proxy of the other kind; it is not asked."""
        target = urlsplit(environ["RAW_URI"])
        query = f"?{target.query}" if target.query else ""
        return self._base.copy_with(raw_path=f"{target.path}{query}".encode("latin-1"))


def _headers(environ: WSGIEnvironment) -> list[tuple[bytes, bytes]]:
    sent = {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        sent["CONTENT_TYPE"] = environ["CONTENT_TYPE"]
    named = [(name.replace("_", "-").lower(), value) for name, value in sent.items()]
    # Bytes, as WSGI means them: httpx would refuse text beyond ASCII.
    return [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in named
        if name not in NOT_PASSED_ON
    ]


def _body(environ: WSGIEnvironment) -> bytes | None:
    """All of it, whether its length is announced or it comes in chunks."""
    try:
        return get_input_stream(environ).read() or None
    except Exception:
        # gunicorn has exceptions of its own for bad chunks, and they quote the body.
        raise BadBody from None


def _refuse(status: str, start_response: StartResponse) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return []
