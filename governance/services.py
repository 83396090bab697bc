"""Open seats, seat people in them, give offices. Each verb locks the body's row, so that two at once take turns."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Function, Office, Seat, Side, Term

#: Renewable once: the norm for groups of this kind.
USUAL_TERM_YEARS = 2


@transaction.atomic
def open_seat(*, by: Person, body: Body, constituency: Constituency, function: Function | None = None) -> Seat:
    """Put one more chair at the table, empty, from today.

    Raises `Refused` for a closed body, for a corporate seat that does not say what it is for, and another that does.
    """
    body = _locked(body)
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
    body = _locked(seat.body)
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
    body = _locked(term.body)
    term = Term.objects.select_related("person").get(pk=term.pk)
    today = clock.today()
    if term.ends_on <= today:
        raise Refused("This has ended already.")
    term.ends_on = max(today, term.starts_on)
    term.save(update_fields=["ends_on"])
    record(actor=by, verb="governance.ended_term", about=term, ends_on=str(term.ends_on))
    for office in Office.objects.filter(body=body, person=term.person, kind=Office.Kind.CO_LEAD, until_on=None):
        _end(office, by=by)
    standing.forget(term.person)
    return term


@transaction.atomic
def appoint(*, by: Person, body: Body, person: Person, kind: Office.Kind, side: Side) -> Office:
    """Give `person` an office of `body`, for a side, from today.

    Raises `Refused` when someone of that side holds it, and when a co-lead has no seat of that side. A co-lead whose
    seat has run out holds nothing any more, and makes way.
    """
    body = _locked(body)
    if not person.is_active:
        raise Refused("This person no longer uses the service, so they cannot be given this.")
    if kind == Office.Kind.CO_LEAD and not _has_seat_of(body, person, side):
        raise Refused("A co-lead must hold a seat of their side in this group. Give them a seat first.")
    for office in Office.objects.filter(body=body, kind=kind, side=side, until_on=None).select_related("person"):
        if kind != Office.Kind.CO_LEAD or _has_seat_of(body, office.person, side):
            raise Refused("Someone holds this for that side already. End their time first.")
        _end(office, by=by)
    office = Office.objects.create(body=body, person=person, kind=kind, side=side, from_on=clock.today())
    record(actor=by, verb="governance.appointed", about=office, body=str(body.pk), kind=str(kind), side=str(side))
    standing.forget(person)
    return office


@transaction.atomic
def end_office(*, by: Person, office: Office) -> Office:
    """End an office today. Raises `Refused` when it has ended already."""
    _locked(office.body)
    office = Office.objects.select_related("person").get(pk=office.pk)
    if office.until_on is not None:
        raise Refused("This has ended already.")
    _end(office, by=by)
    return office


def usual_end(starts_on: dt.date) -> dt.date:
    """The day a usual term that begins on `starts_on` ends: the same day, two years on."""
    try:
        return starts_on.replace(year=starts_on.year + USUAL_TERM_YEARS)
    except ValueError:  # 29 February
        return starts_on.replace(year=starts_on.year + USUAL_TERM_YEARS, month=3, day=1)


def _locked(body: Body) -> Body:
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.state == Body.State.CLOSED:
        raise Refused("This group has closed.")
    return body


def _has_seat_of(body: Body, person: Person, side: Side) -> bool:
    today = clock.today()
    held = Term.objects.on(today).filter(body=body, person=person).values_list("seat__constituency", flat=True)
    return any(Constituency(constituency).side == side for constituency in held)


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


def _end(office: Office, *, by: Person) -> None:
    office.until_on = clock.today()
    office.save(update_fields=["until_on"])
    record(actor=by, verb="governance.ended_office", about=office)
    standing.forget(office.person)
