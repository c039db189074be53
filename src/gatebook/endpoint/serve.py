"""What every endpoint does around its handler: routes, limits, credentials, errors, answers, logs."""

import functools
import logging
import re
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Protocol, Self

import flask
from pydantic_core import to_json

from gatebook.endpoint import bodies, cors
from gatebook.endpoint.answer import Answer, Content
from gatebook.endpoint.credentials import device_credential, require_task_token
from gatebook.endpoint.request import Request
from gatebook.endpoint.routes import FunctionRoutes, Route
from gatebook.ground import logs
from gatebook.ground.credential import Credential
from gatebook.ground.errors import (
    GatebookError,
    MethodNotAllowed,
    NotFound,
    Unavailable,
    rate_limit_headers,
)
from gatebook.ground.redaction import redact

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


class Body(Protocol):
    """What a handler gets of the body."""

    @classmethod
    def model_validate(cls, obj: Any) -> Self:
        """Read the JSON value; raises Invalid, which names each field that is wrong."""


View = Callable[[flask.Request], flask.Response]


def endpoint(
    body: type[Body] | None = None, *, any_media_type: bool = False
) -> Callable[[Callable[..., Answer | Content]], View]:
    """Make a handler into a cloud function.

    The handler is named like its folder; routes.py says where it is found and who may ask. It gets
    the Request, and the body where a model is given: JSON, or with any_media_type also JSON that does not say
    so, and forms.
    """
    logs.configure()

    def decorate(handler: Callable[..., Answer | Content]) -> View:
        server = _Endpoint(handler, body, any_media_type)

        @functools.wraps(handler)
        def view(request: flask.Request) -> flask.Response:
            return server.serve(request)

        return view

    return decorate


class _Endpoint:
    def __init__(
        self, handler: Callable[..., Answer | Content], model: type[Body] | None, takes_any: bool
    ) -> None:
        self._handler = handler
        self._model = model
        self._takes_any = takes_any
        self._routes = FunctionRoutes(handler.__name__)

    def serve(self, request: flask.Request) -> flask.Response:
        """Answer, whatever comes; and write one line about it."""
        started_at = time.perf_counter()
        request_id = _request_id(request.headers.get("X-Request-ID", ""))
        logged: dict[str, object] = {
            "request_id": request_id,
            "function": self._handler.__name__,
            "method": request.method[:20],
        }
        try:
            response = self._respond(request, request_id, logged)
        except Exception as error:
            response = _failure(error, request_id, logged)
        response.headers["X-Request-ID"] = request_id
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        cors.add_headers(request, response)
        if not bodies.was_read(request):
            response = bodies.answer_early(request, response)
        logged["status"] = response.status_code
        logged["duration_ms"] = round((time.perf_counter() - started_at) * 1000, 1)
        logs.log_request(logging.WARNING if response.status_code >= 500 else logging.INFO, logged)
        return response

    def _respond(self, request: flask.Request, request_id: str, logged: dict[str, object]) -> flask.Response:
        match = self._routes.match(request.path)
        if match is None:
            raise NotFound("There is nothing at this path.")
        route, parameters = match
        # The template, never the path: a path may hold a key.
        logged["route"] = route.path
        if request.method == "OPTIONS":
            return flask.Response(status=204, headers={"Allow": ", ".join([*route.methods, "OPTIONS"])})
        if route.is_probed and request.method in ("GET", "HEAD") and not request.query_string:
            return flask.Response(status=204)
        if request.method not in route.methods:
            raise MethodNotAllowed(request.method, route.methods)
        content = bodies.read(request)
        if route.access == "task":
            require_task_token(request.headers)
        parse = None if self._model is None else bodies.parser_of(request, content, self._takes_any)
        known = Request(
            request_id,
            route.path,
            parameters,
            request.headers,
            _credential(route, request, parameters),
        )
        if self._model is None or parse is None:
            answer = self._handler(known)
        else:
            answer = self._handler(known, self._model.model_validate(parse(content)))
        if isinstance(answer, Content):
            return _content(answer, request)
        if answer.device is not None:
            logged["device"] = answer.device
        return _success(answer, request_id)


def _request_id(shown: str) -> str:
    # It is logged and kept, so it must not be a credential by somebody's mistake.
    return shown if _SANE_ID.fullmatch(shown) and redact(shown) == shown else str(uuid.uuid4())


def _credential(route: Route, request: flask.Request, parameters: Mapping[str, str]) -> Credential | None:
    if route.access in ("device", "url_key"):
        return device_credential(request.headers, parameters.get("url_key"))
    return None


def _success(answer: Answer, request_id: str) -> flask.Response:
    response = flask.Response(
        to_json(answer.body(request_id)), answer.status, answer.headers, "application/json"
    )
    if answer.rate is not None:
        response.headers.update(rate_limit_headers(*answer.rate))
    return response


def _content(answer: Content, request: flask.Request) -> flask.Response:
    response = flask.Response(answer.body, content_type=answer.content_type)
    response.headers["Cache-Control"] = f"private, max-age={answer.cache_seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _failure(error: Exception, request_id: str, logged: dict[str, object]) -> flask.Response:
    if not isinstance(error, GatebookError):
        logs.log_crash(error, request_id)
        error = GatebookError()
    logged["problem"] = error.type
    if isinstance(error, Unavailable):
        logged["reason"] = error.reason
    return flask.Response(
        to_json(error.problem(request_id)), error.status, error.headers, "application/problem+json"
    )
