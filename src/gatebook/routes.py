"""Every route there is. The gateway, the OpenAPI document and the deploy script all read this table."""

import re
from dataclasses import dataclass, field
from typing import Literal

Access = Literal["anyone", "device", "url_key", "user", "task"]


@dataclass(frozen=True, slots=True)
class Route:
    """A path, the function that answers there, and who may ask."""

    path: str
    function: str
    methods: tuple[str, ...]
    access: Access
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)))


ROUTES = (
    Route("/api/webhook/device-event", "device_event", ("POST",), "device"),
    Route("/api/webhook/device-event/{url_key}", "device_event", ("POST",), "url_key"),
    Route("/api/health", "health", ("GET", "HEAD"), "anyone"),
    Route("/api/health/live", "health", ("GET", "HEAD"), "anyone"),
    Route("/api/health/ready", "health", ("GET", "HEAD"), "anyone"),
)


def find_route(path: str) -> Route | None:
    """The route that serves this path; a slash at the end makes no difference."""
    path = path.rstrip("/")
    return next((route for route in ROUTES if route.pattern.fullmatch(path)), None)
