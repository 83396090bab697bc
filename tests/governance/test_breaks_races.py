"""Breaks, deputies and the clock at the same instant."""

from __future__ import annotations

import datetime as dt
import uuid

from core import clock
from governance.models import Break, Deputy, Term, TermNotice
from governance.services.breaks import step_back, step_back_from_all
from governance.services.deputies import accept, ask_deputy
from governance.services.term_clock import notice_what_ends
from network.services.leaving import leave_network
from notifications.models import Message
from tests.cast import make_cast
from tests.support.races import at_once, race

pytestmark = race


def term_of(person, body):
    return Term.objects.get(person=person, body=body)


def test_two_presses_are_one_break():
    cast = make_cast()
    begun = at_once(*[lambda: step_back(by=cast.cass, term=term_of(cast.cass, cast.group)).pk] * 3)
    assert len(set(begun)) == 1
    assert Break.objects.count() == 1


def test_one_person_says_yes_to_two_seats_of_a_body():
    cast = make_cast()
    asked = [
        ask_deputy(by=person, term=term_of(person, cast.group), address=cast.ishani.email, form_key=uuid.uuid4())
        for person in (cast.tunde, cast.cass)
    ]
    outcomes = at_once(*(lambda deputy=deputy: accept(by=cast.ishani, deputy=deputy).pk for deputy in asked))
    assert sum(isinstance(each, str) for each in outcomes) == 1
    assert Deputy.objects.willing().count() == 1


def test_three_clocks_at_once_notice_once():
    cast = make_cast()
    Term.objects.filter(body=cast.group).update(ends_on=clock.today() + dt.timedelta(days=60))
    assert sum(at_once(*[notice_what_ends] * 3)) == TermNotice.objects.count() == 4
    assert Message.objects.filter(kind="governance.stay_asked").count() == 4


def test_leaving_and_stepping_back_from_everything_do_not_lock_each_other_out():
    cast = make_cast()
    at_once(lambda: len(leave_network(by=cast.tunde)), lambda: len(step_back_from_all(by=cast.cass)))
    assert not Term.objects.on(clock.today()).filter(person=cast.tunde).exists()
    assert Break.objects.filter(term__person=cast.cass).count() == 3
