"""What every endpoint does around its handler: routes, limits, credentials, errors, answers, logs."""

import functools
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol, Self

import flask
from pydantic_core import to_json

from gatebook.endpoint import bodies, cors
from gatebook.endpoint.access import caller_of
from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request, known_request_id
from gatebook.endpoint.response import respond
from gatebook.endpoint.routes import ROUTES, FunctionRoutes, Route
from gatebook.ground import logs
from gatebook.ground.errors import GatebookError, MethodNotAllowed, NotFound, Unavailable


class Body(Protocol):
    """What a handler gets of the body."""

    @classmethod
    def model_validate(cls, obj: Any) -> Self:
        """Read the JSON value; raises Invalid, which names each field that is wrong."""


Handler = Callable[..., Answer]
Parse = Callable[[bytes], Any]
View = Callable[[flask.Request], flask.Response]


def endpoint(
    body: type[Body] | None = None,
    *,
    calls_as_user: bool = False,
    any_media_type: bool = False,
    routes: tuple[Route, ...] = ROUTES,
) -> Callable[[Handler], View]:
    """Make a handler into a cloud function.

    The handler is named like its folder; the routes say where it is found and who may ask. It gets the
    Request, and the body where a model is given. `calls_as_user` says that it calls the database with the
    user's token whatever the request is, so that the token need not be checked before. `any_media_type` says
    that it also takes JSON that does not say so, and forms.
    """
    logs.configure()

    def decorate(handler: Handler) -> View:
        server = _Endpoint(handler, body, routes, calls_as_user=calls_as_user, any_media_type=any_media_type)

        @functools.wraps(handler)
        def view(request: flask.Request) -> flask.Response:
            return server.serve(request)

        return view

    return decorate


class _Endpoint:
    def __init__(
        self,
        handler: Handler,
        model: type[Body] | None,
        routes: tuple[Route, ...],
        *,
        calls_as_user: bool,
        any_media_type: bool,
    ) -> None:
        self._handler = handler
        self._model = model
        self._routes = FunctionRoutes(handler.__name__, routes)
        self._calls_as_user = calls_as_user
        self._any_media_type = any_media_type

    def serve(self, request: flask.Request) -> flask.Response:
        """Answer, whatever comes; and write one line about it."""
        started_at = time.perf_counter()
        request_id = known_request_id(request.headers.get("X-Request-ID", ""))
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
        answer = self._answer(*self._whole(request, request_id, route, parameters))
        if answer.device is not None:
            logged["device"] = answer.device
        return respond(answer, request, request_id)

    def _whole(
        self, request: flask.Request, request_id: str, route: Route, parameters: Mapping[str, str]
    ) -> tuple[Request, Parse | None]:
        """The request, from a caller who may ask as far as is known yet, and what reads its body.

        The cheaper checks come first.
        """
        content = bodies.read(request, route.largest_body_bytes)
        parse = None
        if self._model is not None:
            parse = bodies.parser_of(request, content, takes_any=self._any_media_type)
        caller = caller_of(
            route.access, request.headers, parameters, request_id, calls_as_user=self._calls_as_user
        )
        whole = Request(
            id=request_id,
            method=request.method,
            path=route.path,
            parameters=parameters,
            query=request.args,
            headers=request.headers,
            content_type=request.content_type or "",
            body=content,
            caller=caller,
        )
        return whole, parse

    def _answer(self, request: Request, parse: Parse | None) -> Answer:
        if self._model is None or parse is None:
            return self._handler(request)
        return self._handler(request, self._model.model_validate(parse(request.body)))


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
