"""POST /api/sweep: end what nobody ended."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint
from gatebook.time.sweep import end_overdue_entries


@endpoint()
def sweep(request: Request) -> Answer:
    """End entries at their limit and raise an alert for each; a second call finds nothing to do."""
    return Answer(end_overdue_entries(request.id))
