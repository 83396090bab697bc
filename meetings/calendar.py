"""A calendar file for one person: says when and where, and nothing of what about."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import Person
from meetings.models import Meeting

SUMMARY = "Meeting"


def calendar_file(meeting: Meeting, person: Person) -> bytes:
    """An RFC 5545 file that puts `meeting` in a calendar, changes it there, or takes it away again.

    The UID stays the same for the life of the meeting and SEQUENCE counts its changes, so that a later file replaces
    an earlier one. Times are Europe/London with their zone written out. The same meeting gives the same bytes.
    """
    cancelled = meeting.state == Meeting.State.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//co-production//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(_event(meeting, person, cancelled=cancelled))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(meeting: Meeting, person: Person, *, cancelled: bool) -> Event:
    address = settings.BASE_URL + reverse("meetings:meeting", args=[meeting.pk])
    event = Event()
    event.add("uid", f"{meeting.pk}@{settings.MESSAGE_ID_DOMAIN}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at or meeting.called_at)
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("summary", SUMMARY)
    event.add("location", meeting.place)
    event.add("description", f"Log in to see what it is about: {address}")
    event.add("url", address)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _organiser(), encode=False)
    event.add("attendee", _attendee(person), encode=False)
    return event


def _organiser() -> vCalAddress:
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["cn"] = vText(settings.ORGANISATION_NAME)
    return organiser


def _attendee(person: Person) -> vCalAddress:
    """RSVP is off: answers are given on the meeting's page, where they are kept."""
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["rsvp"] = vText("FALSE")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    return attendee
