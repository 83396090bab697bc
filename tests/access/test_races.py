"""Two at once: one passport, one consent, one answer of what was done; and none of what was deleted."""

from __future__ import annotations

from access import services
from access.models import Consent, Passport
from access.presenters import flags_for
from notifications.models import Message
from tests.access.said import say
from tests.cast import make_cast
from tests.support.races import at_once, race

pytestmark = race


def test_the_first_two_answers_make_one_passport():
    cast = make_cast()
    at_once(
        lambda: say(cast.cass, "comfort", chosen=["breaks"]),
        lambda: say(cast.cass, "format", chosen=["audio"]),
        lambda: say(cast.cass, "meetings", chosen=["join_online"]),
    )
    assert Passport.objects.get().chosen == ["audio", "join_online", "breaks"]


def test_yes_pressed_three_times_is_one_yes_and_told_once():
    cast = make_cast()
    say(cast.cass)
    at_once(*[lambda: services.share_with_body(by=cast.cass, body=cast.group).pk] * 3)
    assert Consent.objects.count() == 1
    assert Message.objects.filter(kind="access.changed").count() == 1


def test_yes_and_deleting_at_once_leave_nothing_that_is_seen():
    cast = make_cast()
    say(cast.cass)
    at_once(
        lambda: services.share_with_body(by=cast.cass, body=cast.group).pk,
        lambda: services.delete_passport(by=cast.cass),
    )
    assert flags_for(cast.group.pk) == {}
    assert not Passport.objects.exists()
