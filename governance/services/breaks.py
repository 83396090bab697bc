"""Step back from a seat without losing it, and come back. No reason is asked, and there is nowhere to keep one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Break, Deputy, Term
from governance.notifications.own_seats import SIT_IN, SIT_IN_OVER
from governance.services.own_term import own_term
from governance.workflows import ENDED
from notifications.services import post


@transaction.atomic
def step_back(*, by: Person, term: Term) -> Break:
    """Begin a break from one's own seat today. The seat is kept, and the deputy is asked to sit in.

    A second press gives the break that has begun. Raises `Refused` for a seat that is not one's own now.
    """
    _, term = own_term(by=by, term=term)
    begun = term.breaks.now().first()
    if begun:
        return begun
    begun = Break.objects.create(term=term, from_on=clock.today())
    record(actor=by, verb="governance.stepped_back", about=begun)
    standing.forget(by)
    for deputy in _willing(term):
        post(kind=SIT_IN, recipients=[deputy.person], occasion=f"break {begun.pk} {deputy.pk}", about=deputy)
    return begun


@transaction.atomic
def step_back_from_all(*, by: Person) -> list[Break]:
    """Begin a break from every seat that one has today. Raises `Refused` for someone who has none."""
    terms = _terms_of(by)
    if not terms:
        raise Refused("You do not have a seat now, so there is nothing to step back from.")
    return [step_back(by=by, term=term) for term in terms]


@transaction.atomic
def come_back(*, by: Person, term: Term) -> Break | None:
    """End one's break today. The deputy is told. A second press changes nothing, and gives None.

    Raises `Refused` for a seat that is not one's own now: its time may have ended meanwhile.
    """
    _, term = own_term(by=by, term=term)
    over = term.breaks.now().first()
    if over is None:
        return None
    over.back_on = clock.today()
    over.save(update_fields=["back_on"])
    record(actor=by, verb="governance.came_back", about=over)
    standing.forget(by)
    for deputy in _willing(term):
        post(kind=SIT_IN_OVER, recipients=[deputy.person], occasion=f"break {over.pk} {deputy.pk} over", about=deputy)
    return over


@transaction.atomic
def come_back_to_all(*, by: Person) -> list[Break]:
    """End every break that one is on."""
    return [over for term in _terms_of(by) if (over := come_back(by=by, term=term))]


@dataclass(frozen=True)
class Offer:
    """So many days away can be added to a term, which would then end on another day."""

    days: int
    ends_on: dt.date

    @property
    def last_day(self) -> dt.date:
        """The last day of the term then, as people say it."""
        return self.ends_on - dt.timedelta(days=1)


def offer_for(term: Term, breaks: list[Break], later: Iterable[Term]) -> Offer | None:
    """What somebody who is back may add to their term for `breaks`, or None. `later` comes from `later_than`.

    None while on a break, without days to make up, and when someone holds the seat on any of those days, or the
    person another seat of that body, or the seat is to close.
    """
    days = sum(each.days for each in breaks if each.back_on and not each.made_up_on)
    if not days or any(each.back_on is None for each in breaks):
        return None
    ends_on = term.ends_on + dt.timedelta(days=days)
    if term.seat.closed_on and ends_on > term.seat.closed_on:
        return None
    in_the_way = (
        each.starts_on < ends_on
        for each in later
        if each.seat_id == term.seat_id or (each.body_id, each.person_id) == (term.body_id, term.person_id)
    )
    return None if any(in_the_way) else Offer(days, ends_on)


def later_than(terms: Iterable[Term]) -> list[Term]:
    """Terms to come in the seats of `terms`, or of their people, on those bodies. One query."""
    terms = list(terms)
    same = Q(seat__in=[term.seat_id for term in terms]) | Q(person__in=[term.person_id for term in terms])
    to_come = Term.objects.filter(same, body__in=[term.body_id for term in terms], starts_on__gt=clock.today())
    return list(to_come.filter(ends_on__gt=F("starts_on")))


@transaction.atomic
def make_up_days(*, by: Person, term: Term) -> Term:
    """Add the days one was away to the end of one's term. Done once for each break; a second press changes nothing.

    Raises `Refused` when those days are not free, while on a break, and for a seat that is not one's own now.
    """
    _, term = own_term(by=by, term=term)
    breaks = list(term.breaks.all())
    if not any(each.days and each.back_on and not each.made_up_on for each in breaks):
        return term
    offer = offer_for(term, breaks, later_than([term]))
    if offer is None:
        raise Refused("The days after your time in this seat are not free, so they cannot be added.")
    term.ends_on = offer.ends_on
    try:
        with transaction.atomic():
            term.save(update_fields=["ends_on"])
    except IntegrityError as error:
        raise Refused("The days after your time in this seat are not free, so they cannot be added.") from error
    term.breaks.to_be_made_up().update(made_up_on=clock.today())
    record(actor=by, verb="governance.extended_term", about=term, days=offer.days, ends_on=str(term.ends_on))
    return term


def _terms_of(person: Person) -> list[Term]:
    """Their seats today, in the order in which every verb locks bodies."""
    held = Term.objects.on(clock.today()).filter(person=person).exclude(body__state__in=ENDED)
    return list(held.select_related("body").order_by("body_id"))


def _willing(term: Term) -> list[Deputy]:
    """The deputy of a term who has said yes: none or one, and what they may do changes with this act."""
    found = list(Deputy.objects.willing().filter(term=term, person__is_active=True).select_related("person"))
    for deputy in found:
        standing.forget(deputy.person)
    return found
