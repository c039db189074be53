"""A function for signed-in users that asks the database nothing itself."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.routes import Route
from gatebook.endpoint.serve import endpoint

ROUTES = (Route("/api/whoami", "whoami", ("GET", "POST"), "user"),)


@endpoint(routes=ROUTES)
def whoami(request: Request) -> Answer:
    """Answer whoever may ask."""
    return Answer({"is_user": bool(request.user_token.secret)})
