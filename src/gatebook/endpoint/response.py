"""An answer as HTTP has it."""

from collections.abc import Generator, Iterable

import flask
from pydantic_core import to_json

from gatebook.endpoint.answer import Answer
from gatebook.ground import logs
from gatebook.ground.errors import rate_limit_headers


class StreamBroken(Exception):  # noqa: N818
    """Says to the server that no more comes, so that it ends the connection; why stands in the log."""


def respond(answer: Answer, request: flask.Request, request_id: str) -> flask.Response:
    """The response that says this answer."""
    content = answer.content
    if content is None:
        response = flask.Response(to_json(answer.body(request_id)), answer.status)
    elif isinstance(content, bytes):
        response = flask.Response(content, answer.status)
        response.add_etag()
    else:
        response = flask.Response(_stream(content, request_id), answer.status)
    response.headers["Content-Type"] = answer.content_type
    response.headers.update(answer.headers)
    if answer.rate is not None:
        response.headers.update(rate_limit_headers(*answer.rate))
    if isinstance(content, bytes):
        response.make_conditional(request)
    return response


def _stream(pieces: Iterable[bytes], request_id: str) -> Generator[bytes]:
    """The pieces; what goes wrong after the head was sent can be told in the log alone."""
    try:
        yield from pieces
    except Exception as error:
        logs.log_crash(error, request_id)
        # A stream that just ended would look whole. Without the cause, which may quote what nobody may read.
        raise StreamBroken from None
