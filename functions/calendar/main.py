"""GET /api/calendar/<token>.ics: a person's time, for calendars that subscribe to it."""

from gatebook.endpoint.answer import Answer
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint
from gatebook.time.calendars import calendar_entries, write_calendar


@endpoint()
def calendar(request: Request) -> Answer:
    """Write the time behind a secret link as iCalendar."""
    content = write_calendar(calendar_entries(request.parameters["token"], request.id))
    return Answer.of_content(content, "text/calendar; charset=utf-8", cache_seconds=300)
