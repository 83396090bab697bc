"""Meetings and people who have stepped back: who is asked, who was there, and who counts."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.errors import Refused
from core.permissions import can
from governance import standing
from governance.models import Body, Side, Term
from governance.services.breaks import come_back, step_back
from governance.services.deputies import accept, ask_deputy, decline, set_deputies_count
from meetings import services
from meetings.models import Meeting, Reply
from meetings.permissions import REPLY, SEE_MEETING
from notifications.letters import write
from notifications.models import Message

STARTS = dt.datetime(2026, 9, 15, 13, 0, tzinfo=dt.UTC)
AFTER = STARTS + dt.timedelta(hours=2)
PEER, STAFF = Side.PEER, Side.STAFF


def call(cast, **changed):
    asked = {"by": cast.priya, "body": cast.group, "starts_at": STARTS, "ends_at": STARTS + dt.timedelta(hours=1)}
    asked |= {"place": "Room 2", "link": "", "phone_in": "", "items": [("A draft", "agree", None)]}
    return services.call_meeting(**(asked | {"form_key": uuid.uuid4()} | changed))


def told(kind):
    found = Message.objects.filter(kind=f"meetings.{kind}").values_list("recipient__email", flat=True)
    return sorted(address.partition("@")[0] for address in found)


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


@pytest.fixture
def away(cast):
    """Tunde has stepped back from Task Group 1; Ishani sits in."""
    asked = ask_deputy(
        by=cast.tunde, term=term_of(cast.tunde, cast.group), address=cast.ishani.email, form_key=uuid.uuid4()
    )
    accept(by=cast.ishani, deputy=asked)
    step_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    return asked


def held(cast, meeting, *present):
    with clock.set_to(AFTER):
        return services.record_held(by=cast.priya, meeting=meeting, present=present)


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True).split())


def test_the_deputy_is_asked_instead(cast, away):
    meeting = call(cast)
    assert told("called") == ["cass", "ishani", "nadia", "priya"]
    for person, may in ((cast.ishani, True), (cast.tunde, False), (cast.cass, True)):
        assert can(person, REPLY, meeting) == may
    assert can(cast.tunde, SEE_MEETING, meeting), "who is away may read"
    assert meeting in Meeting.objects.visible_to(cast.ishani)
    decline(by=cast.ishani, deputy=away)
    assert not can(cast.ishani, SEE_MEETING, meeting)


def test_before_during_and_after(cast, away):
    come_back(by=cast.tunde, term=term_of(cast.tunde, cast.group))
    call(cast)
    assert told("called") == ["cass", "nadia", "priya", "tunde"]
    for person in (cast.tunde, cast.ishani):
        standing.forget(person)
    assert not can(cast.ishani, SEE_MEETING, Meeting.objects.get())


def test_what_was_called_before_is_not_sent_into_a_break(cast):
    call(cast)
    step_back(by=cast.cass, term=term_of(cast.cass, cast.group))
    letters, unsent = write(Message.objects.filter(kind="meetings.called", recipient=cast.cass))
    assert (letters, [each.reason for each in unsent]) == ([], ["This person is on a break."])
    letters, _ = write(Message.objects.filter(kind="meetings.called", recipient=cast.nadia))
    assert len(letters) == 1


@pytest.mark.parametrize(
    ("deputies_count", "present", "counts", "is_met"),
    [
        (False, "cass priya", {PEER: 1, STAFF: 1}, True),
        (False, "ishani priya", {PEER: 0, STAFF: 1}, False),
        (True, "ishani priya", {PEER: 1, STAFF: 1}, True),
        (True, "ishani tunde priya", {PEER: 1, STAFF: 1}, True),  # both came: one seat counts once
        (False, "tunde priya", {PEER: 1, STAFF: 1}, True),  # on a break, and came
        (True, "priya nadia", {PEER: 0, STAFF: 2}, False),  # staff alone never decide
    ],
)
def test_who_counts(cast, away, deputies_count, present, counts, is_met):
    set_deputies_count(by=cast.grace, body=cast.group, deputies_count=deputies_count)
    meeting = held(cast, call(cast), *(cast.people[who] for who in present.split()))
    assert (meeting.presence_by_side(), services.is_quorate(meeting)) == (counts, is_met)


def test_a_rule_that_changes_later_changes_no_past_meeting(cast, away):
    meeting = held(cast, call(cast), cast.ishani, cast.priya)
    set_deputies_count(by=cast.grace, body=cast.group, deputies_count=True)
    meeting.refresh_from_db()
    assert not services.is_quorate(meeting)
    assert services.is_quorate(held(cast, meeting, cast.ishani, cast.priya)), "recorded again, by the rule of that day"


def test_a_slip_is_put_right_for_a_deputy_too(cast, away):
    meeting = call(cast)
    held(cast, meeting, cast.ishani, cast.priya)
    held(cast, meeting, cast.cass, cast.priya)
    assert meeting.replies.get(person=cast.ishani).was_there is False
    with clock.set_to(AFTER):
        decline(by=cast.ishani, deputy=away)
    held(cast, meeting, cast.ishani, cast.priya)
    assert meeting.replies.get(person=cast.ishani).was_there, "she was a deputy on that day"


def test_a_deputy_of_another_day_cannot_have_been_there(cast, away):
    meeting = call(cast)
    with clock.set_to(STARTS - dt.timedelta(days=1)):
        decline(by=cast.ishani, deputy=away)
    with pytest.raises(Refused, match="Only people who have a seat"):
        held(cast, meeting, cast.ishani)


def test_the_database_lets_no_member_count_for_nothing(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(meeting=call(cast), person=cast.cass, was_there=True, side=PEER, counts=False)


# -- pages -----------------------------------------------------------------------------------------------------------


def test_only_who_runs_it_reads_who_is_on_a_break(cast, away, as_person):
    meeting = call(cast)
    address = reverse("meetings:meeting", args=[meeting.pk])
    shown = words(as_person(cast.priya).get(address))
    assert "Tunde Osterfield On a break Ishani Marrowby, deputy for Tunde Osterfield No answer yet" in shown
    assert "Peers: 0 of 2 said they will come" in shown
    for person in (cast.cass, cast.ishani):
        shown = words(as_person(person).get(address))
        assert [name for name in ("Tunde", "break") if name in shown] == []
    services.reply(by=cast.ishani, meeting=meeting, answer=Reply.Answer.COMING)
    assert "Peers: 1 of 2 said they will come" in words(as_person(cast.cass).get(address))


def test_who_is_away_reads_that_they_need_not_come(cast, away, as_person):
    meeting = call(cast)
    shown = words(as_person(cast.tunde).get(reverse("meetings:meeting", args=[meeting.pk])))
    assert "You are on a break from this group, so you do not need to come." in shown
    assert "Can you come?" not in shown
    refused = as_person(cast.tunde).post(reverse("meetings:reply", args=[meeting.pk]), {"answer": "coming"})
    assert refused.status_code == 403


def test_presence_names_deputies_and_says_if_they_count(cast, away, as_person):
    meeting = call(cast)
    address = reverse("meetings:presence", args=[meeting.pk])
    with clock.set_to(AFTER):
        shown = words(as_person(cast.priya).get(address))
        assert "Tunde Osterfield, peer, on a break" in shown
        assert "Ishani Marrowby, peer, deputy for Tunde Osterfield" in shown
        sent = {"present": [cast.ishani.pk, cast.cass.pk, cast.priya.pk]}
        went = as_person(cast.priya).post(address, sent, follow=True)
        assert "1 peer and 1 staff. 1 deputy was there and does not count. There were enough people" in words(went)
        Body.objects.filter(pk=cast.group.pk).update(deputies_count=True)
        went = as_person(cast.priya).post(address, sent, follow=True)
        assert "2 peers and 1 staff. 1 deputy was there and counts." in words(went)
        assert "Was there Tunde Osterfield On a break Ishani Marrowby, deputy for Tunde" in words(went)
