"""Reading bodies within limits, and answering before a body was read."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import flask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from gatebook.endpoint.json import parse_json
from gatebook.ground.errors import BodyTooLarge, Invalid, UnsupportedMediaType
from gatebook.ground.forms import MEDIA_TYPE as FORM_MEDIA_TYPE
from gatebook.ground.forms import parse_form
from gatebook.ground.redaction import quoted

_DRAINED_BYTES = 4 * 1024 * 1024
_READ = "gatebook.body_was_read"


def read(request: flask.Request, largest_bytes: int) -> bytes:
    """The whole body; raises BodyTooLarge before reading if the length is announced, else at the limit.

    Raises Invalid for a body that ends early, or whose chunks are none.
    """
    # One more than allowed, so that a chunked body of just the allowed size is told from a larger one.
    request.max_content_length = largest_bytes + 1
    length = request.content_length
    content = b""
    if length is None or length <= largest_bytes:
        try:
            content = request.get_data()
            request.environ[_READ] = len(content) <= largest_bytes
        except RequestEntityTooLarge:
            pass
        except Exception:
            # Each server has exceptions of its own for this, and gunicorn's quote the body.
            raise Invalid("The body ended early or is not chunked as HTTP has it.") from None
    if not was_read(request):
        raise BodyTooLarge(f"Expected at most {largest_bytes} bytes.")
    return content


def was_read(request: flask.Request) -> bool:
    """Whether nothing of the body is left on the connection."""
    return bool(request.environ.get(_READ))


def answer_early(request: flask.Request, response: flask.Response) -> flask.Response:
    """Answer although the body was not read, without keeping it in memory.

    A client that is still sending would see its connection break instead of the answer, so some
    of the body is read and thrown away. functions-framework would read all of it, however much that
    is, unless the answer is a stream.
    """
    # Whatever is wrong with the rest, the answer stands.
    with contextlib.suppress(Exception):
        stream = get_input_stream(request.environ)
        left = _DRAINED_BYTES
        while left > 0 and (chunk := stream.read(65536)):
            left -= len(chunk)
    content = response.get_data()

    def pieces() -> Iterator[bytes]:
        yield content

    response.response = pieces()
    response.headers["Content-Length"] = str(len(content))
    return response


def parser_of(request: flask.Request, content: bytes, *, takes_any: bool) -> Callable[[bytes], Any]:
    """What reads the body; raises UnsupportedMediaType unless it is JSON, in UTF-8 and not compressed.

    It says so itself, or with `takes_any` it is JSON all the same, as `curl -d` sends it, or a form.
    """
    kind = request.mimetype
    says_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    if not says_json and not takes_any:
        raise _not_json(kind)
    _require_plain_utf8(request)
    if says_json:
        return parse_json
    try:
        value = parse_json(content)
    except Invalid:
        value = parse_form(content) if kind == FORM_MEDIA_TYPE else None
        if value is None:
            raise _not_json(kind) from None
    return lambda _: value


def _not_json(kind: str) -> UnsupportedMediaType:
    return UnsupportedMediaType(f"Expected Content-Type: application/json, found {quoted(kind or 'none')}.")


def _require_plain_utf8(request: flask.Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"Expected UTF-8, found the charset {quoted(charset)}.")
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding != "identity":
        raise UnsupportedMediaType(f"Expected no Content-Encoding, found {quoted(encoding)}.")
