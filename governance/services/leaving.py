"""Give up a seat for good. Those who look after it are told that it is free: not who, and not why."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core.errors import Refused
from governance import standing
from governance.models import Body, Office, Term
from governance.notifications.own_seats import LEFT, SEAT_NEEDS_YOU
from governance.people import runners_of, secretaries_of
from governance.services.deputies import end_deputies_of
from governance.services.offices import end_at_once
from governance.services.own_term import own_term
from governance.services.seats import end_term
from notifications.services import post


@transaction.atomic
def leave_body(*, by: Person, term: Term) -> Term:
    """Give up one's own seat today, with every office of that body, and be told that it is done.

    Raises `Refused` for a seat that is not one's own now, and for the only secretary of the Steering Group.
    """
    (given_up,) = give_up(by=by, terms=[term])
    return given_up


@transaction.atomic
def give_up(*, by: Person, terms: Iterable[Term]) -> list[Term]:
    """Give up several of one's own seats at once, and be told once. Otherwise as `leave_body`."""
    given_up = [_give_up_one(by, term) for term in sorted(terms, key=lambda term: term.body_id)]
    if given_up:
        post(kind=LEFT, recipients=[by], occasion=f"left {given_up[0].pk}", about=given_up[0])
    return given_up


def _give_up_one(by: Person, term: Term) -> Term:
    body, term = own_term(by=by, term=term)
    _check_there_is_another_secretary(body, by)
    end_deputies_of(term, by=by)
    term = end_term(by=by, term=term)
    for office in Office.objects.filter(body=body, person=by, until_on=None).select_related("person"):
        end_at_once(office, by=by)
    record(actor=by, verb="governance.left", about=term, body=str(body.pk))
    left_with_it = [person for person in runners_of(body) if person.pk != by.pk]
    standing.forget(by)
    post(kind=SEAT_NEEDS_YOU, recipients=left_with_it, occasion=f"term {term.pk} left", about=body)
    return term


def _check_there_is_another_secretary(body: Body, by: Person) -> None:
    """Without a secretary of the Steering Group nobody could name the next one."""
    secretaries = {person.pk for person in secretaries_of(body)}
    if body.kind == Body.Kind.STEERING and secretaries == {by.pk}:
        raise Refused("You are the only secretary. First ask for someone else to be named. Then you can leave.")
