"""Two at once: a seat is given once, and a button pressed twice asks once."""

from __future__ import annotations

import uuid

from governance.models import Term
from notifications.models import Message
from taskgroups.models import JoinRequest
from taskgroups.services import accept, ask_to_join, decline, withdraw
from tests.cast import make_cast
from tests.support.races import at_once, race

pytestmark = race


def ask(cast, who):
    return ask_to_join(by=who, body=cast.group, line="", form_key=uuid.uuid4())


def test_two_requests_for_the_last_seat():
    cast = make_cast()
    first, second = ask(cast, cast.ishani), ask(cast, cast.morgan)
    outcomes = at_once(
        lambda: accept(by=cast.tunde, join_request=first).state,
        lambda: accept(by=cast.priya, join_request=second).state,
    )
    assert sorted(map(str, outcomes)) == [
        "There is no empty seat for a peer. You can say no, or wait until a seat is free.",
        "accepted",
    ]
    assert Term.objects.filter(body=cast.group, seat__constituency="peer").count() == 3


def test_yes_no_and_take_back_at_once_leave_one_answer():
    cast = make_cast()
    asked = ask(cast, cast.ishani)
    outcomes = at_once(
        lambda: accept(by=cast.tunde, join_request=asked),
        lambda: decline(by=cast.priya, join_request=asked, reason="Full"),
        lambda: withdraw(by=cast.ishani, join_request=asked),
    )
    assert sum(isinstance(each, str) for each in outcomes) == 2
    asked.refresh_from_db()
    assert asked.state != "asked"
    assert (asked.term is not None) == (asked.state == "accepted")


def test_the_same_form_sent_three_times_at_once():
    cast = make_cast()
    key = uuid.uuid4()
    outcomes = at_once(
        *[lambda: ask_to_join(by=cast.ishani, body=cast.group, line="", form_key=key).pk] * 3,
    )
    assert set(outcomes) == {JoinRequest.objects.get().pk}
    assert Message.objects.filter(kind="taskgroups.asked").count() == 2
