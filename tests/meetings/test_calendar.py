"""The calendar file: when and where, in Europe/London, and nothing of what about."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from icalendar import Calendar

from core import clock
from meetings import services
from meetings.calendar import calendar_file
from meetings.models import Meeting

STARTS = dt.datetime(2026, 10, 20, 13, 0, tzinfo=dt.UTC)  # 2pm, still summer time
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def meeting(cast):
    return services.call_meeting(
        by=cast.grace,
        body=cast.steering,
        starts_at=STARTS,
        ends_at=STARTS + HOUR,
        place="Room 2, Larch House\r\nBEGIN:VALARM",
        link="https://meet.example/abc",
        phone_in="",
        items=[("Supervision policy", "agree", None)],
        form_key=uuid.uuid4(),
    )


def event_of(meeting, person):
    calendar = Calendar.from_ical(calendar_file(meeting, person))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_it_puts_the_meeting_in_a_calendar(cast, meeting):
    calendar, event = event_of(meeting, cast.cass)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{meeting.pk}@anytown-riverside.example"
    assert (event["SEQUENCE"], event["STATUS"], event["SUMMARY"], event["CLASS"]) == (
        0,
        "CONFIRMED",
        "Meeting",
        "PRIVATE",
    )
    assert event["ATTENDEE"] == f"mailto:{cast.cass.email}"
    assert event["ORGANIZER"] == "mailto:no-reply@anytown-riverside.example"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["DTSTART"].dt == STARTS
    assert event["DTSTART"].dt.hour == 14
    assert event["DTEND"].dt == STARTS + HOUR
    assert event["DTSTAMP"].dt == clock.now()
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert len(calendar.walk("VALARM")) == 0


def test_it_names_neither_group_nor_topic_nor_link_nor_other_people(cast, meeting):
    text = calendar_file(meeting, cast.cass).decode().replace("\r\n ", "")
    for word in (
        cast.steering.name,
        "Steering",
        "Supervision",
        "meet.example",
        "Peer",
        cast.cass.name,
        cast.grace.name,
    ):
        assert word not in text.replace("PRODID", ""), word


def test_the_same_meeting_gives_the_same_bytes(cast, meeting):
    first = calendar_file(meeting, cast.cass)
    with clock.set_to(clock.now() + dt.timedelta(days=2)):
        assert calendar_file(meeting, cast.cass) == first


def test_a_change_replaces_and_a_cancellation_removes(cast, meeting):
    uid = event_of(meeting, cast.cass)[1]["UID"]
    with clock.set_to(clock.now() + dt.timedelta(days=1)):
        services.change_meeting(
            by=cast.grace,
            meeting=meeting,
            starts_at=STARTS + HOUR,
            ends_at=STARTS + 2 * HOUR,
            place="Room 5",
            link="",
            phone_in="",
        )
        calendar, event = event_of(Meeting.objects.get(), cast.cass)
        assert (calendar["METHOD"], event["SEQUENCE"], event["UID"]) == ("REQUEST", 1, uid)
        assert (event["DTSTART"].dt, event["LOCATION"]) == (STARTS + HOUR, "Room 5")
        assert event["DTSTAMP"].dt == clock.now()
    services.cancel_meeting(by=cast.grace, meeting=meeting)
    calendar, event = event_of(Meeting.objects.get(), cast.cass)
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCEL", "CANCELLED", 2, uid)
