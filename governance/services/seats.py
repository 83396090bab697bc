"""Open seats and seat people in them. Each verb locks the body's row, so that two at once take turns."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Function, Office, Seat, Term
from governance.services.bodies import locked
from governance.services.offices import end_at_once

#: Renewable once: the norm for groups of this kind.
USUAL_TERM_YEARS = 2


@transaction.atomic
def open_seat(*, by: Person, body: Body, constituency: Constituency, function: Function | None = None) -> Seat:
    """Put one more chair at the table, empty, from today.

    Raises `Refused` for a closed body, for a corporate seat that does not say what it is for, and another that does.
    """
    body = locked(body)
    if (constituency == Constituency.CORPORATE) != (function is not None):
        raise Refused("A Corporate Services seat says what it is for. Other seats do not.", field="function")
    seat = Seat.objects.create(body=body, constituency=constituency, function=function, opened_on=clock.today())
    record(actor=by, verb="governance.opened_seat", about=seat, body=str(body.pk), constituency=str(constituency))
    return seat


@transaction.atomic
def seat_person(*, by: Person, seat: Seat, person: Person, starts_on: dt.date, ends_on: dt.date) -> Term:
    """Seat `person` from `starts_on` up to and not including `ends_on`.

    Raises `Refused` when the seat is not open for those days or is taken, when the person already sits on the body or
    no longer logs in, and when a peer or sponsor seat of a Task Group would go to someone who is not that in the
    Network.
    """
    body = locked(seat.body)
    if ends_on <= starts_on:
        raise Refused("The last day must come after the first.", field="ends_on")
    if starts_on < seat.opened_on or (seat.closed_on and ends_on > seat.closed_on):
        raise Refused("This seat is not open on all of those days.", field="starts_on")
    if not person.is_active:
        raise Refused("This person no longer uses the service, so they cannot be given a seat.")
    _ask_for_network_membership(body, seat, person)
    term = _insert(Term(seat=seat, body=body, person=person, starts_on=starts_on, ends_on=ends_on))
    record(actor=by, verb="governance.seated", about=term, seat=seat.pk, starts_on=str(starts_on), ends_on=str(ends_on))
    standing.forget(person)
    return term


@transaction.atomic
def end_term(*, by: Person, term: Term) -> Term:
    """End a term today: from now on the person does not sit. An office they held from that seat ends with it.

    Raises `Refused` when it has ended already.
    """
    body = locked(term.body)
    term = Term.objects.select_related("person").get(pk=term.pk)
    today = clock.today()
    if term.ends_on <= today:
        raise Refused("This has ended already.")
    term.ends_on = max(today, term.starts_on)
    term.save(update_fields=["ends_on"])
    record(actor=by, verb="governance.ended_term", about=term, ends_on=str(term.ends_on))
    for office in Office.objects.filter(body=body, person=term.person, kind=Office.Kind.CO_LEAD, until_on=None):
        end_at_once(office, by=by)
    standing.forget(term.person)
    return term


def usual_end(starts_on: dt.date) -> dt.date:
    """The day a usual term that begins on `starts_on` ends: the same day, two years on."""
    try:
        return starts_on.replace(year=starts_on.year + USUAL_TERM_YEARS)
    except ValueError:  # 29 February
        return starts_on.replace(year=starts_on.year + USUAL_TERM_YEARS, month=3, day=1)


def _ask_for_network_membership(body: Body, seat: Seat, person: Person) -> None:
    if body.kind != Body.Kind.TASK_GROUP or seat.constituency == Constituency.CORPORATE:
        return
    member = Term.objects.on(clock.today()).filter(
        body__kind=Body.Kind.NETWORK, person=person, seat__constituency=seat.constituency
    )
    if not member.exists():
        raise Refused("This seat is for a current member of the Network who is of the same side there.")


def _insert(term: Term) -> Term:
    """Save a new term; when the database says it overlaps another, say which in plain words."""
    try:
        with transaction.atomic():
            term.save(force_insert=True)
    except IntegrityError as error:
        days = {"starts_on__lt": term.ends_on, "ends_on__gt": term.starts_on}
        if Term.objects.filter(body=term.body, person=term.person, **days).exists():
            raise Refused("This person already has a seat in this group on some of those days.") from error
        if Term.objects.filter(seat=term.seat, **days).exists():
            raise Refused("Someone else has this seat on some of those days.") from error
        raise
    return term
