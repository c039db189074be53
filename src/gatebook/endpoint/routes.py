"""Every route there is. The gateway, the OpenAPI document and the deploy script all read this table."""

import posixpath
import re
from dataclasses import dataclass, field
from typing import Literal

Access = Literal["anyone", "device", "url_key", "link", "user", "task"]
MEBIBYTE = 1024 * 1024
TASK_TOKEN = "GATEBOOK_TASK_TOKEN"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Route:
    """A path, the function that answers there, who may ask, and how much they may send."""

    path: str
    function: str
    methods: tuple[str, ...]
    access: Access
    is_probed: bool = False
    """Whether GET and HEAD without a query answer 204: readers in the field check so that they reach it."""
    largest_body_bytes: int = MEBIBYTE
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        object.__setattr__(self, "pattern", re.compile(pattern))


ROUTES = (
    Route("/api/webhook/device-event", "device_event", ("POST",), "device", is_probed=True),
    Route("/api/webhook/device-event/{url_key}", "device_event", ("POST",), "url_key", is_probed=True),
    Route("/api/auth/device-token", "device_token", ("POST",), "device"),
    Route("/api/health", "health", ("GET", "HEAD"), "anyone"),
    Route("/api/health/live", "health", ("GET", "HEAD"), "anyone"),
    Route("/api/health/ready", "health", ("GET", "HEAD"), "anyone"),
    Route("/api/calendar/{token}.ics", "calendar", ("GET", "HEAD"), "link"),
    Route("/api/sweep", "sweep", ("POST",), "task"),
)

# Which function holds which secret. Every other function is deployed without any.
SECRETS: dict[str, tuple[str, ...]] = {
    "device_token": ("GATEBOOK_JWT_PRIVATE_KEY", "GATEBOOK_JWT_SECRET"),
    "sweep": (TASK_TOKEN, "SUPABASE_SECRET_KEY"),
}


def find_route(path: str) -> Route | None:
    """The route that serves this path; a slash at the end makes no difference."""
    match = _match(ROUTES, path)
    return match[0] if match else None


class FunctionRoutes:
    """The routes of one function, as it sees them: behind a gateway, or deployed alone.

    Deployed alone, a function sees what comes after its own address: `/` for
    `/api/webhook/device-event`, and `/<key>` for `/api/webhook/device-event/<key>`.
    """

    def __init__(self, function: str, routes: tuple[Route, ...] = ROUTES) -> None:
        self.routes = tuple(route for route in routes if route.function == function)
        if not self.routes:
            raise LookupError(f"No route leads to the function {function}")
        self.base = posixpath.commonpath([route.path.partition("/{")[0] for route in self.routes])

    def match(self, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route and what stands in place of its {names}."""
        return _match(self.routes, path) or _match(self.routes, self.base + path)


def _match(routes: tuple[Route, ...], path: str) -> tuple[Route, dict[str, str]] | None:
    path = path.rstrip("/")
    for route in routes:
        if found := route.pattern.fullmatch(path):
            return route, found.groupdict()
    return None
