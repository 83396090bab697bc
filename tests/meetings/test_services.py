"""Calling a meeting, changing it, answering for it, recording who was there."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from audit.models import AuditEntry
from core import clock
from core.errors import Refused
from governance.models import Body, Side
from governance.services.seats import end_term
from meetings import services
from meetings.models import AgendaItem, Meeting, Reply
from notifications.models import Message

STARTS = dt.datetime(2026, 9, 15, 13, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def call(cast, **changed):
    asked = {
        "by": cast.grace,
        "body": cast.steering,
        "starts_at": STARTS,
        "ends_at": STARTS + HOUR,
        "place": "Room 2, Larch House",
        "link": "",
        "phone_in": "",
        "items": [("A draft", AgendaItem.Purpose.AGREE, None)],
        "form_key": uuid.uuid4(),
    }
    return services.call_meeting(**(asked | changed))


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def addresses(*people):
    return {person.email for person in people}


def test_calling_tells_everyone_who_sits_there_and_the_secretary(cast):
    meeting = call(cast)
    assert told("meetings.called") == addresses(cast.tunde, cast.cass, cast.samuel, cast.yetunde, cast.grace)
    assert Message.objects.filter(kind="meetings.called").first().facts == {
        "starts_at": "2026-09-15T13:00:00+00:00",
        "ends_at": "2026-09-15T14:00:00+00:00",
        "place": "Room 2, Larch House",
        "sequence": 0,
    }
    entry = AuditEntry.objects.get(verb="meetings.called", about_id=str(meeting.pk))
    assert entry.actor == cast.grace
    assert list(meeting.items.values_list("number", "title")) == [(1, "A draft")]


def test_a_repeat_of_the_same_form_gives_the_first_meeting(cast):
    key = uuid.uuid4()
    first, again = call(cast, form_key=key), call(cast, form_key=key, place="Elsewhere")
    assert first == again
    assert Meeting.objects.count() == 1
    assert Message.objects.filter(kind="meetings.called").count() == 5


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"ends_at": STARTS}, "ends", "The meeting must end after it starts."),
        ({"ends_at": STARTS - HOUR}, "ends", "The meeting must end after it starts."),
        ({"ends_at": STARTS + 13 * HOUR}, "ends", "A meeting can last up to 12 hours."),
        (
            {"starts_at": STARTS - dt.timedelta(days=30), "ends_at": STARTS},
            "day",
            "The meeting must start in the future.",
        ),
        (
            {"starts_at": STARTS + dt.timedelta(days=900), "ends_at": STARTS + dt.timedelta(days=901)},
            "day",
            "The meeting must be in the next 2 years.",
        ),
        ({"items": []}, "title", "A meeting has at least one item on its agenda."),
    ],
)
def test_times_that_cannot_be_are_refused_and_nobody_is_told(cast, changed, field, words):
    with pytest.raises(Refused) as refused:
        call(cast, **changed)
    assert (refused.value.field, refused.value.message) == (field, words)
    assert not Meeting.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Body.State.PAUSED, "This group is paused, so it does not meet now."),
        (Body.State.CLOSED, "This group is closed, so it does not meet now."),
    ],
)
def test_a_group_that_is_paused_or_closed_does_not_meet(cast, state, words):
    Body.objects.filter(pk=cast.group.pk).update(state=state)
    with pytest.raises(Refused, match=words):
        call(cast, body=cast.group)


def test_another_time_asks_everyone_again_and_counts_the_change(cast):
    meeting = call(cast)
    services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING)
    kept = {"place": meeting.place, "link": "", "phone_in": ""}
    services.change_meeting(by=cast.grace, meeting=meeting, starts_at=STARTS + HOUR, ends_at=STARTS + 2 * HOUR, **kept)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.changed_by, meeting.starts_at) == (1, cast.grace, STARTS + HOUR)
    assert meeting.replies.get(person=cast.cass).answer == ""
    assert told("meetings.changed") == told("meetings.called")


def test_another_place_keeps_the_answers(cast):
    meeting = call(cast)
    services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING)
    kept = {"starts_at": STARTS, "ends_at": STARTS + HOUR, "link": "", "phone_in": ""}
    services.change_meeting(by=cast.grace, meeting=meeting, place="Room 5", **kept)
    assert meeting.replies.get(person=cast.cass).answer == Reply.Answer.COMING


def test_no_difference_tells_nobody(cast):
    meeting = call(cast)
    same = {"starts_at": STARTS, "ends_at": STARTS + HOUR, "place": meeting.place, "link": "", "phone_in": ""}
    services.change_meeting(by=cast.grace, meeting=meeting, **same)
    assert not Message.objects.filter(kind="meetings.changed").exists()
    assert Meeting.objects.get().sequence == 0


def test_cancelling_tells_everyone_and_ends_it(cast):
    meeting = call(cast)
    services.cancel_meeting(by=cast.grace, meeting=meeting)
    assert told("meetings.cancelled") == told("meetings.called")
    with pytest.raises(Refused, match="it is cancelled"):
        services.cancel_meeting(by=cast.grace, meeting=meeting)
    with pytest.raises(Refused, match="was cancelled, so you do not need to answer"):
        services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING)


def test_what_has_begun_is_not_changed_cancelled_or_answered(cast):
    meeting = call(cast)
    kept = {"ends_at": STARTS + HOUR, "place": "Elsewhere", "link": "", "phone_in": ""}
    with clock.set_to(STARTS):
        for act in (
            lambda: services.change_meeting(by=cast.grace, meeting=meeting, starts_at=STARTS, **kept),
            lambda: services.cancel_meeting(by=cast.grace, meeting=meeting),
            lambda: services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING),
        ):
            with pytest.raises(Refused, match="has begun"):
                act()


def test_a_later_answer_replaces_the_earlier(cast):
    meeting = call(cast)
    services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.COMING)
    services.reply(by=cast.cass, meeting=meeting, answer=Reply.Answer.NOT_COMING)
    assert list(meeting.replies.values_list("answer", flat=True)) == [Reply.Answer.NOT_COMING]


def test_recording_counts_each_side_and_says_whether_it_was_enough(cast):
    meeting = call(cast)
    with clock.set_to(STARTS + HOUR):
        services.record_held(by=cast.grace, meeting=meeting, present=[cast.tunde, cast.samuel, cast.yetunde])
        meeting.refresh_from_db()
        assert meeting.state == Meeting.State.HELD
        assert meeting.presence_by_side() == {Side.PEER: 1, Side.STAFF: 2}
        assert not services.is_quorate(meeting)
        assert services.quorum_at(meeting).words == "There were not enough people to decide: 1 more peer needed."
        services.record_held(by=cast.grace, meeting=meeting, present=[cast.tunde, cast.cass, cast.samuel, cast.yetunde])
        assert meeting.presence_by_side() == {Side.PEER: 2, Side.STAFF: 2}
        meeting.refresh_from_db()
        assert services.is_quorate(meeting)


def test_presence_stays_when_someone_leaves_the_same_day(cast):
    meeting = call(cast)
    with clock.set_to(STARTS + HOUR):
        services.record_held(by=cast.grace, meeting=meeting, present=[cast.cass])
        end_term(by=cast.grace, term=cast.cass.terms.get(body=cast.steering))
        assert meeting.presence_by_side() == {Side.PEER: 1, Side.STAFF: 0}


def test_nothing_is_recorded_before_it_begins_nor_of_someone_without_a_seat(cast):
    meeting = call(cast)
    with pytest.raises(Refused, match="has not begun yet"):
        services.record_held(by=cast.grace, meeting=meeting, present=[cast.tunde])
    with clock.set_to(STARTS), pytest.raises(Refused, match="Only people who have a seat"):
        services.record_held(by=cast.grace, meeting=meeting, present=[cast.grace])
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED
    assert not services.is_quorate(meeting)
