"""Who is told of a meeting, and in which words: when and where, never of what group or what about."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.urls import reverse

from accounts.models import Person
from core import clock
from core.said import nhs_date, nhs_time
from governance import standing
from meetings.calendar import calendar_file
from meetings.models import Meeting, NeedsMet
from notifications.kinds import Attachment, Kind, register
from notifications.models import Message

FACTS = {"starts_at": str, "ends_at": str, "place": str, "sequence": int}


def _meeting(message: Message) -> Meeting:
    return Meeting.objects.get(pk=message.about_id)


def _path(message: Message) -> str:
    return reverse("meetings:meeting", args=[message.about_id])


def _words(message: Message) -> dict[str, Any]:
    starts = dt.datetime.fromisoformat(message.facts["starts_at"])
    ends = dt.datetime.fromisoformat(message.facts["ends_at"])
    return {
        "date": nhs_date(starts, weekday=True),
        "starts": nhs_time(starts),
        "ends": nhs_time(ends),
        "place": message.facts["place"],
    }


def _still_due(message: Message) -> str:
    meeting = _meeting(message)
    if meeting.sequence != message.facts["sequence"]:
        return "A newer change to this meeting has been posted."
    if meeting.starts_at <= clock.now():
        return "The meeting has begun."
    stands = standing.of(message.recipient)
    if stands.is_on_break_from(meeting.body_id) and not stands.hears_of(meeting.body_id):
        return "This person is on a break."
    if not stands.hears_of(meeting.body_id):
        return "This person no longer sits there."
    return ""


def _attachments(message: Message) -> list[Attachment]:
    meeting = _meeting(message)
    method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
    content = calendar_file(meeting, cast(Person, message.recipient))  # meetings are told to people who log in
    return [Attachment("meeting.ics", content, f"text/calendar; method={method}")]


def _kind(name: str, purpose: str) -> Kind:
    return register(
        Kind(
            name=f"meetings.{name}",
            purpose=purpose,
            subject="meeting",
            template=f"messages/meetings.{name}.txt",
            facts=FACTS,
            path=_path,
            words=_words,
            still_due=_still_due,
            attachments=_attachments,
        )
    )


CALLED = _kind("called", "Tells everyone on a body when and where it meets, when a meeting is called.")
CHANGED = _kind("changed", "Tells everyone on a body when a meeting has another date, time or place.")
CANCELLED = _kind("cancelled", "Tells everyone on a body when a meeting is cancelled.")


# -- was what people need there? ---------------------------------------------------------------------------------------


def _still_asked(message: Message) -> str:
    asked = NeedsMet.objects.to_answer(message.recipient).filter(pk=message.about_id).exists()
    return "" if asked else "It has been answered, or is no longer shared."


def _still_unmet(message: Message) -> str:
    unmet = NeedsMet.objects.visible_to(message.recipient).unmet().filter(pk=message.about_id).exists()
    return "" if unmet else "Something has been done about it, or the answer has changed."


def _still_there(message: Message) -> str:
    return "" if NeedsMet.objects.filter(pk=message.about_id).exists() else "It has been deleted."


NEEDS_ASKED = register(
    Kind(
        name="meetings.needs_asked",
        purpose="Asks someone once, after a meeting, if what they shared that they need was there.",
        subject="new",
        template="messages/meetings.needs_asked.txt",
        path=lambda message: reverse("meetings:needs", args=[message.about_id]),
        still_due=_still_asked,
        lasts=dt.timedelta(days=14),
    )
)
NEEDS_UNMET = register(
    Kind(
        name="meetings.needs_unmet",
        purpose="Tells whoever acts for it when something that was needed was not there at a meeting.",
        subject="new",
        template="messages/meetings.needs_unmet.txt",
        path=lambda message: reverse("meetings:unmet"),
        still_due=_still_unmet,
    )
)
NEEDS_ACTED_ON = register(
    Kind(
        name="meetings.needs_acted_on",
        purpose="Tells someone what was done about something they needed and did not have.",
        subject="reply",
        template="messages/meetings.needs_acted_on.txt",
        path=lambda message: reverse("meetings:needs", args=[message.about_id]),
        still_due=_still_there,
    )
)
