"""GET /api/health: whether this process is up, and whether it reaches the database."""

from gatebook.answers import health_answer
from gatebook.database import ping
from gatebook.http import Answer, Request, endpoint


@endpoint()
def health(request: Request) -> Answer:
    """Live says the process is up; ready and the page above both ask the database, too."""
    if request.path.endswith("/live"):
        return health_answer(is_ready=None)
    return health_answer(is_ready=ping(request.id))
