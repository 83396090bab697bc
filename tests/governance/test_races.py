"""Two at once: the body's row makes them take turns, and the database has the last word."""

from __future__ import annotations

import datetime as dt
import uuid

from governance.models import (
    Body,
    CharterDraft,
    Constituency,
    InterestAsk,
    Matter,
    Office,
    Recusal,
    Seat,
    Side,
    Term,
)
from governance.services.charters import write_charter
from governance.services.interests import ask_about_interests, declare_interest
from governance.services.moves import move_body
from governance.services.offices import appoint
from governance.services.recusals import say_it_concerns_me
from governance.services.seats import close_seat, renew_term, seat_person
from notifications.models import Message
from tests.cast import make_cast
from tests.support.races import at_once, race

pytestmark = race
DAYS = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2028, 9, 1)}


def a_chair(body):
    return Seat.objects.create(body=body, constituency=Constituency.PEER, opened_on=dt.date(2026, 1, 1))


def test_one_seat_for_two_people():
    cast = make_cast()
    chair = a_chair(cast.other_group)
    outcomes = at_once(
        *(
            lambda person=person: seat_person(by=cast.grace, seat=chair, person=person, **DAYS).pk
            for person in (cast.cass, cast.ishani)
        )
    )
    assert [each for each in outcomes if isinstance(each, str)] == ["Someone else has this seat on some of those days."]
    assert chair.terms.count() == 1


def test_two_seats_for_one_person():
    cast = make_cast()
    chairs = [a_chair(cast.other_group), a_chair(cast.other_group)]
    outcomes = at_once(
        *(lambda chair=chair: seat_person(by=cast.grace, seat=chair, person=cast.cass, **DAYS).pk for chair in chairs)
    )
    refused = [each for each in outcomes if isinstance(each, str)]
    assert refused == ["This person already has a seat in this group on some of those days."]
    assert Term.objects.filter(body=cast.other_group, person=cast.cass).count() == 1


def test_one_office_for_two_people():
    cast = make_cast()
    outcomes = at_once(
        *(
            lambda person=person: (
                appoint(by=cast.grace, body=cast.group, person=person, kind=Office.Kind.SECRETARY, side=Side.STAFF).pk
            )
            for person in (cast.owen, cast.robin)
        )
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert Office.objects.filter(body=cast.group, kind=Office.Kind.SECRETARY, until_on=None).count() == 1


def test_two_askers_at_once_ask_once():
    cast = make_cast()
    at_once(ask_about_interests, ask_about_interests)
    assert InterestAsk.objects.filter(person=cast.samuel).count() == 1
    assert Message.objects.filter(kind="governance.interests_asked", recipient=cast.samuel).count() == 1


def test_two_presses_declare_one_interest():
    cast = make_cast()
    key = uuid.uuid4()
    says = {"kind": "gift", "words": "A ticket.", "from_on": dt.date(2026, 8, 1), "until_on": None, "form_key": key}
    first, second = at_once(*[lambda: declare_interest(by=cast.samuel, **says).pk] * 2)
    assert first == second


def test_two_forms_say_once_that_it_concerns_them():
    cast = make_cast()
    says = {"body": cast.steering, "matter": Matter("documents.Document", "one"), "effect": "out", "reason": ""}
    outcomes = at_once(
        *[lambda: say_it_concerns_me(by=cast.cass, is_shared=False, form_key=uuid.uuid4(), **says).pk] * 2
    )
    assert sorted(isinstance(each, str) for each in outcomes) == [False, True]
    assert Recusal.objects.count() == 1


def test_a_seat_given_while_it_closes():
    cast = make_cast()
    chair = a_chair(cast.other_group)
    outcomes = at_once(
        lambda: seat_person(by=cast.grace, seat=chair, person=cast.cass, **DAYS).pk,
        lambda: close_seat(by=cast.grace, seat=chair).pk,
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    chair.refresh_from_db()
    assert chair.terms.exists() != bool(chair.closed_on)


def test_a_seat_given_while_the_group_closes():
    cast = make_cast()
    chair = a_chair(cast.other_group)
    at_once(
        lambda: seat_person(by=cast.grace, seat=chair, person=cast.cass, **DAYS).pk,
        lambda: move_body(by=cast.grace, body=cast.other_group, move="close", reason="Done.").pk,
    )
    assert Body.objects.get(pk=cast.other_group.pk).state == "closed"
    assert all(term.ends_on <= DAYS["starts_on"] for term in Term.objects.filter(body=cast.other_group))


def test_two_groups_that_merge_into_each_other():
    cast = make_cast()
    outcomes = at_once(
        *(
            lambda body=body, into=into: move_body(by=cast.grace, body=body, move="merge", into=into, reason="One.")
            for body, into in ((cast.group, cast.other_group), (cast.other_group, cast.group))
        )
    )
    assert sum(isinstance(outcome, Body) for outcome in outcomes) == 1
    assert Body.objects.filter(state="merged").count() == 1


def test_one_term_renewed_by_two():
    cast = make_cast()
    term = cast.cass.terms.get(body=cast.group)
    ends_on = dt.date(2030, 9, 1)
    outcomes = at_once(*(lambda: renew_term(by=cast.grace, term=term, ends_on=ends_on).pk for _ in range(2)))
    assert len(set(outcomes)) == 1
    assert Term.objects.filter(renews=term).count() == 1


def test_two_drafts_begun_at_once():
    cast = make_cast()
    outcomes = at_once(
        *(
            lambda by=by, words=words: write_charter(by=by, body=cast.group, words=words, seen="").pk
            for by, words in ((cast.tunde, "His words."), (cast.priya, "Her words."))
        )
    )
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert CharterDraft.objects.count() == 1
