"""Give and end offices. Each verb locks the body's row, so that two at once take turns."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Office, Side, Term
from governance.services.bodies import locked

SECRETARIES = (Office.Kind.SECRETARY, Office.Kind.DEPUTY)


@transaction.atomic
def appoint(*, by: Person, body: Body, person: Person, kind: Office.Kind, side: Side) -> Office:
    """Give `person` an office of `body`, for a side, from today.

    A repeat changes nothing. Raises `Refused` when someone else of that side holds it, and when a co-lead has no seat
    of that side: the two who lead are one of each. A co-lead whose seat has run out holds nothing any more, and makes
    way.
    """
    body = locked(body)
    if not person.is_active:
        raise Refused("This person no longer uses the service, so they cannot be given this.")
    if kind == Office.Kind.CO_LEAD and not _has_seat_of(body, person, side):
        raise Refused("A co-lead must hold a seat of their side in this group. Give them a seat first.")
    for office in Office.objects.filter(body=body, kind=kind, until_on=None).select_related("person"):
        if office.side != side and (kind != Office.Kind.CO_LEAD or office.person_id != person.pk):
            continue
        if kind != Office.Kind.CO_LEAD or _has_seat_of(body, office.person, Side(office.side)):
            if office.person_id == person.pk and office.side == side:
                return office
            raise Refused("Someone holds this for that side already. End their time first.")
        end_at_once(office, by=by)
    office = Office.objects.create(body=body, person=person, kind=kind, side=side, from_on=clock.today())
    record(actor=by, verb="governance.appointed", about=office, body=str(body.pk), kind=str(kind), side=str(side))
    standing.forget(person)
    return office


@transaction.atomic
def end_office(*, by: Person, office: Office) -> Office:
    """End an office today.

    Raises `Refused` when it has ended already, and for the last secretary of the Steering Group: nobody could name the
    next one.
    """
    body = locked(office.body)
    office = Office.objects.select_related("person").get(pk=office.pk)
    if office.until_on is not None:
        raise Refused("This has ended already.")
    if body.kind == Body.Kind.STEERING and office.kind in SECRETARIES and not _has_other_secretary(office):
        raise Refused("The Steering Group always has a secretary or a deputy. Name another one first.")
    end_at_once(office, by=by)
    return office


def end_at_once(office: Office, *, by: Person) -> None:
    """End an office today, for a verb that holds the body's row already."""
    office.until_on = clock.today()
    office.save(update_fields=["until_on"])
    record(actor=by, verb="governance.ended_office", about=office)
    standing.forget(office.person)


def _has_other_secretary(office: Office) -> bool:
    others = Office.objects.filter(body=office.body, kind__in=SECRETARIES, until_on=None, person__is_active=True)
    return others.exclude(person=office.person).exists()


def _has_seat_of(body: Body, person: Person, side: Side) -> bool:
    today = clock.today()
    held = Term.objects.on(today).filter(body=body, person=person).values_list("seat__constituency", flat=True)
    return any(Constituency(constituency).side == side for constituency in held)
