"""A function that answers piece by piece, and may break in the middle."""

from collections.abc import Iterator

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.routes import Route
from gatebook.endpoint.serve import endpoint

ROUTES = (Route("/api/stream", "stream", ("GET",), "anyone"),)
PIECE = b"data: one\n\n"


@endpoint(routes=ROUTES)
def stream(request: Request) -> Answer:
    """Send three pieces, or with `?break` two and then nothing more."""
    pieces = _pieces(is_broken="break" in request.query)
    return Answer.of_stream(pieces, "text/event-stream", {"X-Accel-Buffering": "no"})


def _pieces(*, is_broken: bool) -> Iterator[bytes]:
    yield PIECE
    yield PIECE
    if is_broken:
        raise RuntimeError("a secret of gb_somebody")
    yield PIECE
