"""GET /api/health: whether this process is up, and whether it reaches the database."""

from gatebook.database import ping
from gatebook.errors import NotReady
from gatebook.http import Answer, Request, endpoint
from gatebook.settings import get_settings


@endpoint()
def health(request: Request) -> Answer:
    """Live says the process is up; ready and the page above both ask the database, too."""
    settings = get_settings()
    running = {"version": settings.version, "commit": settings.commit}
    if request.path.endswith("/live"):
        return Answer({"status": "up", **running, "checks": {}})
    if not ping(request.id):
        raise NotReady(running)
    return Answer({"status": "up", **running, "checks": {"database": "up"}})
