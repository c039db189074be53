"""A function that answers what it was asked."""

import hashlib

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.routes import MEBIBYTE, Route
from gatebook.endpoint.serve import endpoint

METHODS = ("GET", "POST", "PUT")
ROUTES = (
    Route("/api/mirror", "mirror", METHODS, "anyone"),
    Route("/api/mirror/small", "mirror", METHODS, "anyone", largest_body_bytes=10),
    Route("/api/mirror/large", "mirror", METHODS, "anyone", largest_body_bytes=3 * MEBIBYTE),
)


@endpoint(routes=ROUTES)
def mirror(request: Request) -> Answer:
    """Say what came in."""
    return Answer(
        {
            "method": request.method,
            "path": request.path,
            "query": {name: request.query.getlist(name) for name in request.query},
            "content_type": request.content_type,
            "bytes": len(request.body),
            "sha256": hashlib.sha256(request.body).hexdigest(),
        }
    )
