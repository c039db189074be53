"""All functions and the page behind one port, as a load balancer would have them.

    python -m tools.serve.gateway

Settings: GATEBOOK_PORT and those of the functions (.env.example). It works in front of any Supabase.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gunicorn.app.base import BaseApplication

from gatebook.endpoint.request import known_request_id
from gatebook.endpoint.routes import ROUTES, find_route
from gatebook.ground import logs
from gatebook.ground.errors import NotFound
from tools.serve.functions import FUNCTIONS, load_function
from tools.serve.page import Page
from tools.serve.supabase_proxy import PREFIXES, SupabaseProxy
from tools.stack.processes import PROJECT, LocalError, require_free_port, run

# Enough to let whoever sends too much finish, and then read that it was too much.
MOST_UNREAD_BYTES = 16 * 1024 * 1024
THREADS = 32


class Gateway:
    """The WSGI application: a path under /api goes to its function, all else to the page."""

    def __init__(
        self,
        functions: Mapping[str, WSGIApplication],
        page: WSGIApplication,
        supabase: WSGIApplication | None = None,
    ) -> None:
        self._functions = functions
        self._page = page
        self._supabase = supabase

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, then read what the answer did not need: a closed door is no 413."""
        answer = self._application(environ["PATH_INFO"])(environ, start_response)
        _read_rest(environ)
        return answer

    def _application(self, path: str) -> WSGIApplication:
        if self._supabase is not None and path.startswith(PREFIXES):
            return self._supabase
        if path != "/api" and not path.startswith("/api/"):
            return self._page
        route = find_route(path)
        return _not_found if route is None else self._functions[route.function]


def _not_found(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    request_id = known_request_id(environ.get("HTTP_X_REQUEST_ID", ""))
    body = json.dumps(NotFound("There is nothing at this path.").problem(request_id)).encode()
    headers = [("Content-Type", "application/problem+json"), ("Content-Length", str(len(body)))]
    start_response("404 Not Found", [*headers, ("X-Request-ID", request_id)])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _read_rest(environ: WSGIEnvironment) -> None:
    unread = environ["wsgi.input"]
    left = MOST_UNREAD_BYTES
    # Whoever hangs up meanwhile wants no answer, and gunicorn's words about bad chunks quote them.
    with contextlib.suppress(Exception):
        while left > 0 and (chunk := unread.read(min(left, 65_536))):
            left -= len(chunk)


def gateway(environment: Mapping[str, str]) -> Gateway:
    """Load every function that has a route."""
    functions = {name: load_function(name) for name in sorted({route.function for route in ROUTES})}
    is_proxy = bool(environment.get("GATEBOOK_PROXIES_SUPABASE"))
    page = Page(
        supabase_url="/" if is_proxy else environment["SUPABASE_URL"],
        publishable_key=environment["SUPABASE_PUBLISHABLE_KEY"],
        gatebook_url=environment["GATEBOOK_URL"],
    )
    return Gateway(functions, page, SupabaseProxy(environment["SUPABASE_URL"]) if is_proxy else None)


def checked_out_commit() -> str:
    """The short name of what is checked out; nothing without git."""
    # Only for this folder: unpacked into another project's checkout, it is none of that.
    if not (PROJECT / ".git").exists():
        return ""
    try:
        return run("git", ["git", "-C", PROJECT, "rev-parse", "--short", "HEAD"]).strip()
    except (LocalError, OSError):
        return ""


class Server(BaseApplication):
    """gunicorn, as functions-framework runs it, in one process with many threads."""

    def __init__(self, port: int) -> None:
        self._port = port
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        settings: dict[str, Any] = {
            "bind": f"127.0.0.1:{self._port}",
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 65,
            # As much as gunicorn can: the page asks for long lists of ids.
            "limit_request_line": 8190,
            "graceful_timeout": 2,
            "loglevel": "warning",
            # It would lie in the home directory, one for all gateways.
            "control_socket_disable": True,
            # A changed function is served without a restart; gunicorn does not see main.py by itself.
            "reload": bool(os.environ.get("GATEBOOK_RELOADS")),
            "reload_engine": "poll",
            "reload_extra_files": [str(FUNCTIONS / "*" / "main.py")],
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application, in the worker."""
        return gateway(os.environ)


def main() -> int:
    """Serve until a signal comes."""
    port = int(os.environ.setdefault("GATEBOOK_PORT", "8000"))
    origins = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
    os.environ.setdefault("GATEBOOK_URL", origins[0])
    others = os.environ.get("GATEBOOK_ALLOWED_ORIGINS", "")
    os.environ["GATEBOOK_ALLOWED_ORIGINS"] = ",".join([*origins, others])
    os.environ["GATEBOOK_COMMIT"] = os.environ.get("GATEBOOK_COMMIT") or checked_out_commit()
    try:
        for name in ("SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY"):
            if not os.environ.get(name):
                raise LocalError(f"{name} is not set; .env.example says what it is.")
        require_free_port(port, "GATEBOOK_PORT")
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    logs.configure()
    Server(port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
