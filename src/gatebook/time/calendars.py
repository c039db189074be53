"""Time entries as iCalendar (RFC 5545). Only the function calendar imports this, and its library with it."""

from datetime import UTC, datetime, timedelta

import icalendar
from pydantic import BaseModel

from gatebook.ground.errors import NotFound
from gatebook.supabase import settings
from gatebook.supabase.rpc import call, read_reply

REFRESH = timedelta(hours=1)


class CalendarEntry(BaseModel):
    """An entry as a calendar shows it."""

    id: str
    started_at: datetime
    ended_at: datetime
    is_running: bool
    project_name: str | None
    device_name: str | None
    place_name: str | None
    note: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class Calendar(BaseModel):
    """A person's time, the oldest entry first."""

    person_name: str
    organization_name: str
    entries: list[CalendarEntry]


def calendar_entries(token: str, request_id: str) -> Calendar:
    """The time behind a calendar link; raises NotFound for any token that does not work."""
    seconds = settings.timeout_seconds()
    reply = call("calendar_entries", {"token": token}, request_id, seconds, is_repeatable=True)
    if reply.status == 404 and b'"not_found"' in reply.body:
        raise NotFound("There is nothing behind this link.")
    return read_reply(reply, Calendar.model_validate_json)


def write_calendar(calendar: Calendar) -> bytes:
    """The same entries give the same bytes, so that an unchanged calendar is known by its hash."""
    written = icalendar.Calendar()
    name = f"{calendar.person_name} – {calendar.organization_name}"
    written.add("prodid", "-//Gatebook//Time entries//EN")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    # The second is what most programs read.
    written.add("name", name)
    written.add("x-wr-calname", name)
    written.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    # A name that the library does not know, so it has to be told of the type.
    written.add("x-published-ttl", icalendar.vDuration(REFRESH))
    for entry in calendar.entries:
        written.add_component(_event(entry, calendar.organization_name))
    content: bytes = written.to_ical()
    return content


def _event(entry: CalendarEntry, organization_name: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.id}@gatebook")
    event.add("dtstamp", entry.updated_at.astimezone(UTC))
    event.add("created", entry.created_at.astimezone(UTC))
    event.add("last-modified", entry.updated_at.astimezone(UTC))
    event.add("sequence", entry.version - 1)
    event.add("dtstart", entry.started_at.astimezone(UTC))
    # An event ends after it starts, or says nothing of its end (RFC 5545, 3.6.1).
    if entry.ended_at > entry.started_at:
        event.add("dtend", entry.ended_at.astimezone(UTC))
    event.add("summary", entry.project_name or organization_name)
    event.add("status", "TENTATIVE" if entry.is_running else "CONFIRMED")
    # It says what was, and keeps nobody from an appointment.
    event.add("transp", "TRANSPARENT")
    if entry.project_name:
        event.add("categories", [entry.project_name])
    if place := entry.place_name or entry.device_name:
        event.add("location", place)
    if entry.note:
        event.add("description", entry.note)
    return event
