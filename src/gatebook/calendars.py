"""Time entries as iCalendar (RFC 5545). Only the function calendar imports this, and its library with it."""

from datetime import UTC, timedelta

import icalendar

from gatebook.database import Calendar, CalendarEntry

REFRESH = timedelta(hours=1)


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
    written.add("x-published-ttl", REFRESH)
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
