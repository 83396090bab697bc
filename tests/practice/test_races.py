"""Two at once: the item's row makes them take turns."""

from __future__ import annotations

import uuid

from practice.models import Act, Audience, Item, Moderator, Report
from practice.services import moderation, replies, sharing
from tests.cast import make_cast
from tests.practice.conftest import reported, shared_by
from tests.support.races import at_once, race

pytestmark = race


def _act(by, report, kind):
    return moderation.act(by=by, report=report, kind=kind, reason="Why.", note="", form_key=uuid.uuid4()).kind


def test_two_moderators_settle_one_report():
    cast = make_cast()
    for person in (cast.priya, cast.cass):
        Moderator.objects.create(person=person, from_on="2026-01-01")
    report = reported(cast.samuel, shared_by(cast.ishani))
    outcomes = at_once(
        lambda: _act(cast.priya, report, Act.Kind.REMOVE), lambda: _act(cast.cass, report, Act.Kind.NO_ACTION)
    )
    assert [each for each in outcomes if each.startswith("Somebody has settled")] != []
    assert Act.objects.count() == 1


def test_taking_back_while_it_is_hidden_leaves_no_words():
    cast = make_cast()
    Moderator.objects.create(person=cast.priya, from_on="2026-01-01")
    item = shared_by(cast.ishani)
    report = reported(cast.samuel, item)
    at_once(lambda: sharing.withdraw(by=cast.ishani, item=item), lambda: _act(cast.priya, report, Act.Kind.HIDE))
    assert Item.objects.values_list("state", "what").get() == ("withdrawn", "")


def test_a_reply_to_what_is_taken_back_at_that_moment_leaves_no_words():
    cast = make_cast()
    item = shared_by(cast.ishani, Audience.STEERING)
    words = {"words": "Thank you.", "shown_as": "side"}
    at_once(
        lambda: sharing.withdraw(by=cast.ishani, item=item),
        lambda: replies.reply(by=cast.tunde, item=item, form_key=uuid.uuid4(), **words),
    )
    assert set(item.replies.values_list("words", flat=True)) <= {""}


def test_the_same_report_twice_at_once_is_one():
    cast = make_cast()
    item = shared_by(cast.ishani)

    def report():
        return reported(cast.samuel, item).pk

    assert len(set(at_once(report, report))) == 1
    assert Report.objects.count() == 1
