"""What the pages of this room do: the verbs of seats and offices, and the person is told.

Rooms above call the verbs themselves where they tell the person in their own words: nobody hears of one thing twice.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import Person
from governance.models import Body, Office, Seat, Side, Term
from governance.notifications import seats as told
from governance.services import offices, seats
from notifications.services import post


@transaction.atomic
def give_seat(*, by: Person, seat: Seat, person: Person, starts_on: dt.date, ends_on: dt.date) -> Term:
    """As `seat_person`. A repeat of the very same gives the first term."""
    Body.objects.select_for_update().get(pk=seat.body_id)
    same = Term.objects.filter(seat=seat, person=person, starts_on=starts_on, ends_on=ends_on, ends_on__gt=starts_on)
    first = same.first()
    if first:
        return first
    term = seats.seat_person(by=by, seat=seat, person=person, starts_on=starts_on, ends_on=ends_on)
    post(kind=told.SEATED, recipients=[person], occasion=f"term {term.pk}", about=term)
    return term


@transaction.atomic
def give_renewal(*, by: Person, term: Term, ends_on: dt.date) -> Term:
    """As `renew_term`."""
    renewal = seats.renew_term(by=by, term=term, ends_on=ends_on)
    post(kind=told.RENEWED, recipients=[renewal.person], occasion=f"term {renewal.pk}", about=renewal)
    return renewal


@transaction.atomic
def take_seat_back(*, by: Person, term: Term) -> Term:
    """As `end_term`."""
    term = seats.end_term(by=by, term=term)
    post(kind=told.TERM_ENDED, recipients=[term.person], occasion=f"term {term.pk} ended", about=term)
    return term


@transaction.atomic
def give_office(*, by: Person, body: Body, person: Person, kind: Office.Kind, side: Side) -> Office:
    """As `appoint`."""
    office = offices.appoint(by=by, body=body, person=person, kind=kind, side=side)
    post(kind=told.APPOINTED, recipients=[person], occasion=f"office {office.pk}", about=office)
    return office


@transaction.atomic
def take_office_back(*, by: Person, office: Office) -> Office:
    """As `end_office`."""
    office = offices.end_office(by=by, office=office)
    post(kind=told.OFFICE_ENDED, recipients=[office.person], occasion=f"office {office.pk} ended", about=office)
    return office
