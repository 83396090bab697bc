"""What begins when somebody has joined: a seat, an office, a partnership. The Network's row is the caller's."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Function, Office, Seat, Side, Term
from governance.services.seats import open_seat, seat_person, usual_end
from network.models import Offer
from network.services.partnerships import pair

FIRST_SECRETARY = "invite_secretary"


def begin(offer: Offer, *, by: Person) -> Term | None:
    """Give what `offer` is for to whoever accepted it, from today. None for what brings no seat, or not yet."""
    person = offer.invitation.accepted_by
    assert person is not None
    if offer.office:
        _give_first_office(offer, person)
        return None
    if offer.constituency == Constituency.CORPORATE:
        return _sit(offer, person, by=by, may_open=False)
    term = _sit(offer, person, by=by, may_open=True)
    if offer.sponsor:
        _pair_if_they_can(offer, person, offer.sponsor, by=by)
    return term


def _sit(offer: Offer, person: Person, *, by: Person, may_open: bool) -> Term | None:
    """In an empty seat of that kind; where there is none, in one opened for them, if that may be.

    None for somebody who sits there already, and for a group that has closed meanwhile.
    """
    starts_on = clock.today()
    ends_on = usual_end(starts_on)
    constituency = Constituency(offer.constituency)
    try:
        with transaction.atomic():
            seat = _empty_seat(offer, ends_on)
            if seat is None and may_open:
                seat = open_seat(by=by, body=offer.body, constituency=constituency)
            if seat is None:
                return None
            return seat_person(by=by, seat=seat, person=person, starts_on=starts_on, ends_on=ends_on)
    except Refused:
        return None


def _empty_seat(offer: Offer, ends_on: dt.date) -> Seat | None:
    function = Function(offer.function) if offer.function else None
    kind = Seat.objects.filter(body=offer.body, constituency=offer.constituency, function=function)
    return kind.empty_between(clock.today(), ends_on).first()


def _pair_if_they_can(offer: Offer, person: Person, sponsor: Person, *, by: Person) -> None:
    """The partnership begins with the peer's term. A sponsor who has left meanwhile does not keep the peer out."""
    try:
        with transaction.atomic():
            pair(by=by, peer=person, sponsor=sponsor)
    except Refused:
        record(actor=by, verb="network.not_paired", about=offer)


def _give_first_office(offer: Offer, person: Person) -> None:
    """Written here and not by `governance.services.appoint`, which wants a person who appoints: there is nobody yet."""
    Body.objects.select_for_update().get(pk=offer.body_id)
    if Office.objects.filter(body=offer.body, kind=offer.office, until_on=None).exists():
        return
    office = Office.objects.create(
        body=offer.body, kind=offer.office, side=Side.STAFF, person=person, from_on=clock.today()
    )
    facts = {"body": str(offer.body_id), "kind": office.kind}
    record(actor=None, system=FIRST_SECRETARY, verb="governance.appointed", about=office, **facts)
    standing.forget(person)
