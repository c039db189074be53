"""Which pages may ask from a browser: those in GATEBOOK_ALLOWED_ORIGINS, by name and never by *."""

import flask

from gatebook.ground import settings

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, X-API-Key, X-Request-ID",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-ID"


def add_headers(request: flask.Request, response: flask.Response) -> None:
    """Let the page read this answer, if it is one of ours. No cookies are used, so none are allowed."""
    allowed = _allowed_origins()
    if not allowed:
        return
    response.headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    if origin not in allowed:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers.update(_PREFLIGHT)


@settings.once
def _allowed_origins() -> frozenset[str]:
    origins = settings.text("GATEBOOK_ALLOWED_ORIGINS").split(",")
    return frozenset(origin.strip().rstrip("/") for origin in origins if origin.strip())
