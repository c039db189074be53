"""A function for signed-in users that makes its call with their token."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.routes import Route
from gatebook.endpoint.serve import endpoint

ROUTES = (Route("/api/as-themselves", "as_themselves", ("GET",), "user"),)


@endpoint(calls_as_user=True, routes=ROUTES)
def as_themselves(request: Request) -> Answer:
    """Say whose token it is, without having asked."""
    return Answer({"token": repr(request.user_token)})
