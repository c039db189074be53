"""GET /api/health: whether this process is up, and whether it reaches the database."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint
from gatebook.ground.errors import NotReady
from gatebook.ground.version import running
from gatebook.supabase.rpc import ping


@endpoint()
def health(request: Request) -> Answer:
    """Live says the process is up; ready and the page above both ask the database, too."""
    if request.path.endswith("/live"):
        return Answer({"status": "up", **running(), "checks": {}})
    if not ping(request.id):
        raise NotReady(running())
    return Answer({"status": "up", **running(), "checks": {"database": "up"}})
