"""GET /api/calendar/<token>.ics: a person's time, for calendars that subscribe to it."""

from gatebook.devices.keys import is_well_formed
from gatebook.endpoint.answer import Content
from gatebook.endpoint.request import Request
from gatebook.endpoint.serve import endpoint
from gatebook.ground.errors import NotFound
from gatebook.time.calendars import calendar_entries, write_calendar


@endpoint()
def calendar(request: Request) -> Content:
    """Write the time behind a secret link as iCalendar."""
    token = request.parameters["token"]
    if not is_well_formed(token):
        raise NotFound("There is no such calendar.")
    content = write_calendar(calendar_entries(token, request.id))
    return Content(content, "text/calendar; charset=utf-8", cache_seconds=300)
