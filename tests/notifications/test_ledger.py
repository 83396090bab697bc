"""What became of each message, told in words that promise no more than is known."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from core import clock
from notifications import outbox
from notifications.ledger import Stands, fates, overview
from notifications.models import Attempt, Message, MessageState
from notifications.services import post
from tests.notifications.conftest import FACTS
from tests.support.letters.kinds import NEWS

Outcome = Attempt.Outcome


@pytest.fixture
def told(cast):
    """Everyone told about the Steering Group, and one about the Network; each message in its own state."""
    about = cast.steering
    people = [cast.ishani, cast.tunde, cast.cass, cast.samuel, cast.priya, cast.morgan, cast.nadia]
    post(kind=NEWS, recipients=people, occasion="one", about=about, facts=FACTS)
    post(kind=NEWS, recipients=[cast.grace], occasion="two", about=cast.network, facts=FACTS)
    rows = {row.recipient_id: row for row in Message.objects.all()}

    def put(person, *tries, **fields):
        row = rows[person.pk]
        Message.objects.filter(pk=row.pk).update(**fields)
        for outcome in tries:
            row.tries.create(started_at=clock.now(), outcome=outcome)

    put(cast.ishani, Outcome.UNKNOWN, Outcome.ACCEPTED, state=MessageState.HANDED_OVER, settled_at=clock.now())
    put(cast.tunde, Outcome.PERMANENT, state=MessageState.REFUSED, reason="The mail server refused it (code 550).")
    put(cast.cass, Outcome.TEMPORARY, state=MessageState.WAITING)
    put(cast.samuel, Outcome.UNKNOWN, state=MessageState.WAITING)
    put(cast.priya, *[Outcome.UNKNOWN] * 5, state=MessageState.HELD)
    put(cast.morgan, state=MessageState.SUPPRESSED, reason="It is over.")
    put(
        cast.nadia,
        state=MessageState.SENDING,
        trying_since=clock.now(),
        leased_until=Now() - dt.timedelta(seconds=1),
    )
    return about


def test_each_fate_is_told_in_words(cast, told):
    found = {fate.recipient_id: (fate.in_words, fate.attempts) for fate in fates([told])}
    assert found == {
        cast.ishani.pk: ("handed to the mail server", 2),
        cast.tunde.pk: ("refused", 1),
        cast.cass.pk: ("waiting", 1),
        cast.samuel.pk: ("not known", 1),
        cast.priya.pk: ("not known", 5),
        cast.morgan.pk: ("not sent, no longer needed", 0),
        cast.nadia.pk: ("not known", 0),
    }


def test_no_word_says_delivered():
    assert not [stands for stands in Stands if "deliver" in stands.label]


def test_fates_are_those_of_the_rows_asked_about_and_no_others(cast, told):
    assert {fate.about_id for fate in fates([told])} == {str(cast.steering.pk)}
    assert [fate.recipient_id for fate in fates([cast.network])] == [cast.grace.pk]
    assert len(fates([told, cast.network])) == 8
    assert fates([cast.group]) == []
    assert fates([]) == []


def test_fates_cost_one_query_however_many(cast, told, django_assert_num_queries):
    for rows in ([cast.network], [cast.network, told]):
        with django_assert_num_queries(1):
            fates(rows)


def test_the_overview_counts_and_lists_what_needs_a_look(cast, told):
    seen = overview()
    (line,) = seen.lines
    assert line.purpose == NEWS.purpose
    assert (line.handed_over, line.waiting, line.unknown, line.refused, line.not_needed) == (1, 2, 3, 1, 1)
    assert seen.to_look_at_count == 4
    assert {fate.recipient_id for fate in seen.to_look_at} == {
        person.pk for person in (cast.tunde, cast.samuel, cast.priya, cast.nadia)
    }
    assert {fate.recipient_id for fate in seen.to_look_at if fate.may_go_again} == {cast.tunde.pk, cast.priya.pk}


def test_the_overview_says_how_long_the_oldest_waits_and_when_the_last_tick_was(cast, told, later):
    outbox.sweep()
    with later(minutes=2):
        seen = overview()
        assert (seen.oldest_waiting, seen.last_tick, seen.is_late) == (*[dt.timedelta(minutes=2)] * 2, False)
    with later(minutes=4):
        assert overview().is_late


def test_nothing_posted_and_no_tick_is_said_too(db):
    seen = overview()
    assert (seen.lines, seen.to_look_at, seen.oldest_waiting, seen.last_tick, seen.is_late) == (
        [],
        [],
        None,
        None,
        True,
    )


def test_the_overview_costs_the_same_at_one_row_and_at_eight(cast, tell, request):
    tell(cast.ishani)
    Message.objects.update(state=MessageState.REFUSED)
    with CaptureQueriesContext(connection) as few:
        overview()
    request.getfixturevalue("told")
    with CaptureQueriesContext(connection) as many:
        overview()
    assert len(few) == len(many) <= 6
