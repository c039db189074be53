"""Serve the built page with strict headers, and tell it where Supabase is."""

import gzip
import json
import mimetypes
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.security import safe_join
from werkzeug.wrappers import Response

from tools.stack.processes import PROJECT

DIST = PROJECT / "web" / "dist"
COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".webmanifest"})
UNBUILT = "The page is not built yet. Stop this, run `make page`, and start again.\n"
# A system's own table may lack these, and a module of another type is refused by browsers.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")


class Page:
    """A WSGI application for everything that is not the API."""

    def __init__(
        self, *, supabase_url: str, publishable_key: str, gatebook_url: str, dist: Path = DIST
    ) -> None:
        """Take what the page is told through /config.json, nothing secret among it."""
        self._dist = dist
        self._config = json.dumps(
            {
                "supabaseUrl": supabase_url,
                "supabasePublishableKey": publishable_key,
                "gatebookUrl": gatebook_url,
            }
        )
        self._headers = _security_headers(supabase_url, gatebook_url)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a file, or with the page itself for any path that names none."""
        response = self._respond(environ)
        response.headers.extend(self._headers)
        return response(environ, start_response)

    def _respond(self, environ: WSGIEnvironment) -> Response:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return Response("Only GET and HEAD are served here.\n", 405, {"Allow": "GET, HEAD"})
        if path == "/config.json":
            return Response(self._config, headers={"Cache-Control": "no-store"}, mimetype="application/json")
        index = self._dist / "index.html"
        if not index.is_file():
            return Response(UNBUILT, 503)
        name = safe_join(str(self._dist), path.lstrip("/"))
        # Path.is_file() raises for a name that is too long for any file.
        if name is not None and os.path.isfile(name):
            # Vite puts a hash of the content into these names.
            is_hashed = path.startswith("/assets/")
            return _file(
                Path(name), environ, "public, max-age=31536000, immutable" if is_hashed else "no-cache"
            )
        if "." in path.rsplit("/", 1)[-1]:
            return Response("There is no such file.\n", 404)
        return _file(index, environ, "no-cache")


def _file(path: Path, environ: WSGIEnvironment, cache_control: str) -> Response:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = Response(path.read_bytes(), headers={"Cache-Control": cache_control}, mimetype=media_type)
    if path.suffix in COMPRESSED:
        response.vary.add("Accept-Encoding")
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            response.set_data(_gzipped(path, path.stat().st_mtime_ns))
            response.headers["Content-Encoding"] = "gzip"
    response.add_etag()
    response.make_conditional(environ)
    return response


@lru_cache(maxsize=256)
def _gzipped(path: Path, _modified_ns: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


def _security_headers(supabase_url: str, gatebook_url: str) -> dict[str, str]:
    urls = [url for url in (supabase_url, gatebook_url) if url.startswith("http")]
    origins = {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in urls}
    policy = {
        "default-src": "'self'",
        "connect-src": " ".join(["'self'", *sorted(origins)]),
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        # A link in an e-mail may carry a token.
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
