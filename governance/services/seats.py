"""Open and close seats, and seat people in them. Each verb locks the body's row, so that two at once take turns.

None of these tells the person: rooms that admit or answer somebody do so in their own words, and for the pages of this
room `governance.services.telling` does.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from core.said import nhs_date
from governance import standing
from governance.consecutive import run_with, years_after
from governance.models import Body, Constituency, Function, Office, Seat, Term
from governance.services.bodies import locked
from governance.services.offices import end_at_once

#: Renewable once: the norm for groups of this kind.
USUAL_TERM_YEARS = 2
LATEST = dt.date(2199, 1, 1)


@transaction.atomic
def open_seat(
    *,
    by: Person,
    body: Body,
    constituency: Constituency,
    function: Function | None = None,
    form_key: UUID | None = None,
) -> Seat:
    """Put one more chair at the table, empty, from today. A repeated `form_key` gives the first one.

    Raises `Refused` for a closed body, for a corporate seat that does not say what it is for, and another that does.
    """
    body = locked(body)
    first = first_result(Seat.objects.all(), form_key, body_id=body.pk) if form_key else None
    if first:
        return first
    if (constituency == Constituency.CORPORATE) != (function is not None):
        raise Refused("A Corporate Services seat says what it is for. Other seats do not.", field="function")
    seat = Seat.objects.create(
        body=body, constituency=constituency, function=function, opened_on=clock.today(), form_key=form_key
    )
    record(actor=by, verb="governance.opened_seat", about=seat, body=str(body.pk), constituency=str(constituency))
    return seat


@transaction.atomic
def close_seat(*, by: Person, seat: Seat) -> Seat:
    """Take an empty chair away from today; one that was opened today goes tomorrow, so that it had a day.

    A repeat changes nothing. Raises `Refused` while somebody sits in it, or is to.
    """
    locked(seat.body)
    seat = Seat.objects.get(pk=seat.pk)
    today = clock.today()
    if seat.closed_on is not None:
        return seat
    if any(term.ends_on > max(today, term.starts_on) for term in seat.terms.all()):
        raise Refused("Somebody has this seat. End their time in it first.")
    seat.closed_on = max(today, seat.opened_on + dt.timedelta(days=1))
    seat.save(update_fields=["closed_on"])
    record(actor=by, verb="governance.closed_seat", about=seat, closed_on=str(seat.closed_on))
    return seat


@transaction.atomic
def seat_person(
    *, by: Person, seat: Seat, person: Person, starts_on: dt.date, ends_on: dt.date, renews: Term | None = None
) -> Term:
    """Seat `person` from `starts_on` up to and not including `ends_on`.

    Raises `Refused` when the body takes nobody, the seat is not open for those days or is taken, when the person
    already sits on the body, has had as many terms one after another as it allows, or no longer logs in, and when a
    peer or sponsor seat of a group would go to someone who is not that in the Network.
    """
    body = _taking_people(seat.body)
    seat = Seat.objects.get(pk=seat.pk)
    if ends_on <= starts_on:
        raise Refused("The last day must come after the first.", field="ends_on")
    if ends_on > LATEST:
        raise Refused("The last day is too far away.", field="ends_on")
    if starts_on < seat.opened_on or (seat.closed_on and ends_on > seat.closed_on):
        raise Refused("This seat is not open on all of those days.", field="starts_on")
    if not person.is_active:
        raise Refused("This person no longer uses the service, so they cannot be given a seat.")
    _ask_for_network_membership(body, seat, person)
    term = _insert(
        Term(seat=seat, body=body, person=person, starts_on=starts_on, ends_on=ends_on, renews=renews),
        most=body.terms_in_a_row,
    )
    record(actor=by, verb="governance.seated", about=term, seat=seat.pk, starts_on=str(starts_on), ends_on=str(ends_on))
    standing.forget(person)
    return term


@transaction.atomic
def renew_term(*, by: Person, term: Term, ends_on: dt.date) -> Term:
    """Give the person in a seat one more term, which begins where this one ends. A repeat gives the first renewal.

    Raises `Refused` as `seat_person` does, and for a term that has ended.
    """
    _taking_people(term.body)
    term = Term.objects.select_related("person", "seat__body").get(pk=term.pk)
    renewal = Term.objects.filter(renews=term).first()
    if renewal and renewal.ends_on > renewal.starts_on:
        return renewal
    if term.ends_on <= max(clock.today(), term.starts_on):
        raise Refused("This time has ended, so it cannot go on. Give the person a seat anew.")
    if renewal:  # it was called off; the new one takes its place
        renewal.renews = None
        renewal.save(update_fields=["renews"])
    return seat_person(by=by, seat=term.seat, person=term.person, starts_on=term.ends_on, ends_on=ends_on, renews=term)


@transaction.atomic
def end_term(*, by: Person, term: Term) -> Term:
    """End a term today: from now on the person does not sit. An office they held from that seat ends with it.

    A renewal that was to follow is called off. Raises `Refused` when it has ended already.
    """
    body = locked(term.body)
    term = Term.objects.select_related("person").get(pk=term.pk)
    today = clock.today()
    if term.ends_on <= today:
        raise Refused("This has ended already.")
    for renewal in Term.objects.filter(renews=term, ends_on__gt=today):
        end_term(by=by, term=renewal)
    sits_now = term.starts_on <= today
    term.ends_on = max(today, term.starts_on)
    term.save(update_fields=["ends_on"])
    record(actor=by, verb="governance.ended_term", about=term, ends_on=str(term.ends_on))
    offices = Office.objects.filter(body=body, person=term.person, kind=Office.Kind.CO_LEAD, until_on=None)
    for office in offices if sits_now else ():
        end_at_once(office, by=by)
    standing.forget(term.person)
    return term


def usual_end(starts_on: dt.date, years: int = USUAL_TERM_YEARS) -> dt.date:
    """The day a usual term that begins on `starts_on` ends: the same day, two years on unless told."""
    return years_after(starts_on, years)


def _taking_people(body: Body) -> Body:
    """The locked body. Raises `Refused` for one that has ended, or is paused."""
    body = locked(body)
    if not body.takes_people:
        raise Refused("This group is paused. Start it again before you give anyone a seat.")
    return body


def _ask_for_network_membership(body: Body, seat: Seat, person: Person) -> None:
    if body.kind == Body.Kind.NETWORK or seat.constituency == Constituency.CORPORATE:
        return
    member = Term.objects.on(clock.today()).filter(
        body__kind=Body.Kind.NETWORK, person=person, seat__constituency=seat.constituency
    )
    if not member.exists():
        raise Refused("This seat is for a current member of the Network who is of the same side there.")


def _insert(term: Term, *, most: int) -> Term:
    """Save a new term, unless it overlaps another or is one too many in a row; say which in plain words.

    The database has the last word, for whoever comes past this verb.
    """
    _check_free(term)
    if most:
        _ask_for_time_away(_days_of(term), (term.starts_on, term.ends_on), most)
    try:
        with transaction.atomic():
            term.save(force_insert=True)
    except IntegrityError:
        _check_free(term)
        raise
    return term


def _check_free(term: Term) -> None:
    days = {"starts_on__lt": term.ends_on, "ends_on__gt": term.starts_on}
    running = Term.objects.filter(body=term.body, ends_on__gt=F("starts_on")).filter(**days)
    if running.filter(person=term.person).exists():
        raise Refused("This person already has a seat in this group on some of those days.")
    if running.filter(seat=term.seat).exists():
        raise Refused("Someone else has this seat on some of those days.")


def _days_of(term: Term) -> list[tuple[dt.date, dt.date]]:
    """The days of every term that the person of this one has had, or is to have, on its body."""
    return list(Term.objects.filter(body=term.body, person=term.person).values_list("starts_on", "ends_on"))


def _ask_for_time_away(theirs: list[tuple[dt.date, dt.date]], new: tuple[dt.date, dt.date], most: int) -> None:
    run = run_with(theirs, new)
    if run.count <= most:
        return
    terms = "1 term" if most == 1 else f"{most} terms one after another"
    raise Refused(
        f"This person has had {terms}, and this group allows no more without a year away. "
        f"They can have a seat here again from {nhs_date(run.free_from)}.",
        field="starts_on",
    )
