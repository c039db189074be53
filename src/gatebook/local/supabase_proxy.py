"""The embedded Supabase behind the page's own origin.

Its Auth does not answer a browser's preflight with the headers that supabase-js sends, so a page of another
origin cannot sign in. A hosted project and `supabase start` do, and are asked directly.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx

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


class SupabaseProxy:
    """A WSGI application that passes requests on as they are."""

    def __init__(self, supabase_url: str) -> None:
        self._client = httpx.Client(base_url=supabase_url, timeout=60)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what Supabase answers, or 502."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        headers = {
            name[5:].replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        if environ.get("CONTENT_TYPE"):
            headers["content-type"] = environ["CONTENT_TYPE"]
        query = environ.get("QUERY_STRING", "")
        try:
            answer = self._client.request(
                environ["REQUEST_METHOD"],
                environ.get("RAW_URI", "").partition("?")[0] + (f"?{query}" if query else ""),
                content=environ["wsgi.input"].read(length) if length else None,
                headers={name: value for name, value in headers.items() if name not in NOT_PASSED_ON},
            )
        except httpx.HTTPError:
            start_response("502 Bad Gateway", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return []
        passed = [
            (name, value) for name, value in answer.headers.multi_items() if name.lower() not in NOT_PASSED_ON
        ]
        start_response(
            f"{answer.status_code} {answer.reason_phrase}",
            [*passed, ("Content-Length", str(len(answer.content)))],
        )
        return [answer.content]
