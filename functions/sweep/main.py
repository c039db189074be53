"""POST /api/sweep: end what nobody ended."""

from gatebook import sweeps
from gatebook.http import Answer, Request, endpoint


@endpoint()
def sweep(request: Request) -> Answer:
    """End entries at their limit and raise an alert for each; a second call finds nothing to do."""
    return Answer(sweeps.sweep(request.id))
