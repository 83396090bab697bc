"""What is sent about a meeting: when and where, and nothing that tells of whom or what."""

from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from core import clock
from governance.services.seats import end_term
from meetings import services
from meetings.models import Meeting
from notifications.letters import write
from notifications.models import Message

STARTS = dt.datetime(2026, 9, 15, 13, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def meeting(cast):
    return services.call_meeting(
        by=cast.grace,
        body=cast.steering,
        starts_at=STARTS,
        ends_at=STARTS + HOUR,
        place="Room 2, Larch House",
        link="https://meet.example/abc",
        phone_in="020 7946 0001",
        items=[("Supervision policy", "agree", None)],
        form_key=uuid.uuid4(),
    )


def letter_to(person, kind):
    letters, unsent = write(Message.objects.filter(kind=kind, recipient=person))
    assert not unsent
    return letters[0].email


def why_unsent(person, kind):
    letters, unsent = write(Message.objects.filter(kind=kind, recipient=person))
    assert not letters
    return unsent[0].reason


def change(cast, meeting, **new):
    stands = {"starts_at": STARTS, "ends_at": STARTS + HOUR, "place": "Room 2", "link": "", "phone_in": ""}
    services.change_meeting(by=cast.grace, meeting=meeting, **(stands | new))


@pytest.mark.parametrize("kind", ["called", "changed", "cancelled"])
def test_words_say_when_and_where_and_no_more(cast, meeting, kind):
    if kind == "changed":
        change(cast, meeting, place="Room 2, Larch House", link="")
    if kind == "cancelled":
        services.cancel_meeting(by=cast.grace, meeting=meeting)
    email = letter_to(cast.cass, f"meetings.{kind}")
    assert email.subject == "A date for your diary"
    for words in ("Date: Tuesday 15 September 2026", "Time: 2pm to 3pm", "Place: Room 2, Larch House", "/l/"):
        assert words in email.body
    for secret in ("Steering", "Supervision", "meet.example", "0001", "peer", "Peer", "roup"):
        assert secret not in email.body, secret
    name, content, media_type = email.attachments[0]
    method = "CANCEL" if kind == "cancelled" else "REQUEST"
    assert (name, media_type) == ("meeting.ics", f"text/calendar; method={method}")
    sent = email.message().as_string()
    assert f'Content-Type: text/calendar; method="{method}"; charset="utf-8"' in sent
    assert f"METHOD:{method}" in (content if isinstance(content, str) else content.decode())


def test_a_newer_change_takes_the_place_of_an_older_message(cast, meeting):
    change(cast, meeting)
    assert why_unsent(cast.cass, "meetings.called") == "A newer change to this meeting has been posted."
    assert letter_to(cast.cass, "meetings.changed")


def test_nothing_is_sent_once_it_has_begun_or_to_whoever_left(cast, meeting):
    end_term(by=cast.grace, term=cast.samuel.terms.get(body=cast.steering))
    assert why_unsent(cast.samuel, "meetings.called") == "This person no longer sits there."
    Meeting.objects.update(starts_at=clock.now() + HOUR, ends_at=clock.now() + 2 * HOUR)
    with clock.set_to(clock.now() + HOUR):
        assert why_unsent(cast.cass, "meetings.called") == "The meeting has begun."


def test_the_link_leads_to_the_page_where_one_answers(cast, meeting, client):
    body = letter_to(cast.cass, "meetings.called").body
    link = urlsplit(next(line for line in body.splitlines() if "/l/" in line)).path
    assert client.get(link).status_code == 200
    went = client.post(link, follow=True)
    assert went.redirect_chain[-1][0] == reverse("meetings:meeting", args=[meeting.pk])
    assert "Can you come?" in went.content.decode()
