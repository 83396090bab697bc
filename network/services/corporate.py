"""Corporate Services: name who speaks for a function; they nominate; the body's secretary confirms; it is a seat."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from governance.models import Body, Constituency, Function, Seat, Term
from governance.people import secretaries_of
from governance.services.seats import seat_person, usual_end
from network.models import FunctionLead, Nomination
from network.notifications.waiting import NEWS, WAITS
from network.services import steps
from network.workflows import NOMINATION, NominationState
from notifications.services import post

NOT_WAITING = "This nomination has an answer already. Open the page again to see it."


@transaction.atomic
def name_lead(*, by: Person, function: Function, email: str, form_key: UUID) -> FunctionLead:
    """Name who speaks for `function` from today; whoever did so before does so no more. A repeat changes nothing.

    Raises `Refused` for an address that nobody here has.
    """
    steps.lock_network()
    first = first_result(FunctionLead.objects.all(), form_key, function=function)
    if first:
        return first
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused("Nobody who logs in here has this address. Check it, or invite them first.", field="email")
    for present in FunctionLead.objects.filter(function=function, until_on=None):
        if present.person_id == person.pk:
            return present
        _end(by, present)
    lead = FunctionLead.objects.create(function=function, person=person, from_on=clock.today(), form_key=form_key)
    record(actor=by, verb="network.named_lead", about=lead, function=str(function))
    return lead


@transaction.atomic
def end_lead(*, by: Person, lead: FunctionLead) -> FunctionLead:
    """From today nobody speaks for that function. A repeat changes nothing."""
    steps.lock_network()
    lead = FunctionLead.objects.get(pk=lead.pk)
    if lead.until_on is None:
        _end(by, lead)
    return lead


@transaction.atomic
def nominate(*, by: Person, seat: Seat, email: str, form_key: UUID) -> Nomination:
    """Nominate whoever has that address for an empty seat of one's function, and tell the body's secretary.

    Says nothing of whether anybody here has the address. A repeated `form_key` gives the first result. Raises `Refused`
    unless `by` speaks for the function, when the seat is taken or closed, and while another nomination waits.
    """
    body = Body.objects.select_for_update().get(pk=seat.body_id)
    first = first_result(Nomination.objects.all(), form_key, nominated_by_id=by.pk, seat_id=seat.pk)
    if first:
        return first
    if not FunctionLead.objects.current().filter(person=by, function=seat.function or "").exists():
        raise Refused("You do not speak for this function any more.")
    if not empty_function_seats().filter(pk=seat.pk).exists():
        raise Refused("This seat is not empty any more. Choose another one.", field="seat")
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(
                seat=seat, email=email.strip().lower(), nominated_at=clock.now(), nominated_by=by, form_key=form_key
            )
    except IntegrityError as error:
        raise Refused("Someone is nominated for this seat already.", field="seat") from error
    record(actor=by, verb="network.nominated", about=nomination, seat=seat.pk)
    to_answer = secretaries_of(body) or steps.secretaries()
    post(kind=WAITS, recipients=to_answer, occasion=f"nomination {nomination.pk}", about=nomination)
    return nomination


@transaction.atomic
def confirm(*, by: Person, nomination: Nomination) -> Nomination:
    """Give the seat to who was nominated, for the usual term, and tell them and who nominated.

    A repeat changes nothing. Raises `Refused` when nobody here has the address, when they cannot have the seat, and
    when it has an answer.
    """
    nomination = _locked(nomination)
    if nomination.state == NominationState.CONFIRMED and nomination.answered_by_id == by.pk:
        return nomination
    _check_waiting(nomination)
    person = Person.objects.filter(email__iexact=nomination.email, is_active=True).first()
    if person is None:
        raise Refused("Nobody who logs in here has this address. Invite them first, or say no.")
    today = clock.today()
    term = seat_person(by=by, seat=nomination.seat, person=person, starts_on=today, ends_on=usual_end(today))
    NOMINATION.move(nomination, "confirm", term=term, answered_at=clock.now(), answered_by=by)
    record(actor=by, verb="network.confirmed_nomination", about=nomination, term=term.pk)
    _tell_answer(nomination, [nomination.nominated_by, person])
    return nomination


@transaction.atomic
def decline(*, by: Person, nomination: Nomination) -> Nomination:
    """Say no, and tell who nominated. A repeat changes nothing. Raises `Refused` when it has an answer."""
    nomination = _locked(nomination)
    if nomination.state == NominationState.DECLINED and nomination.answered_by_id == by.pk:
        return nomination
    _check_waiting(nomination)
    NOMINATION.move(nomination, "decline", answered_at=clock.now(), answered_by=by)
    record(actor=by, verb="network.declined_nomination", about=nomination)
    _tell_answer(nomination, [nomination.nominated_by])
    return nomination


@transaction.atomic
def take_back(*, by: Person, nomination: Nomination) -> Nomination:
    """Take a nomination back before it has an answer. A repeat changes nothing. Raises `Refused` afterwards."""
    nomination = _locked(nomination)
    if nomination.state == NominationState.TAKEN_BACK:
        return nomination
    _check_waiting(nomination)
    NOMINATION.move(nomination, "take_back")
    record(actor=by, verb="network.took_back_nomination", about=nomination)
    return nomination


def empty_function_seats() -> QuerySet[Seat]:
    """Corporate Services seats that stand today in a body that is not closed, and that nobody has."""
    today = clock.today()
    seats = Seat.objects.open_on(today).filter(constituency=Constituency.CORPORATE)
    taken = Term.objects.on(today).values("seat")
    return seats.exclude(body__state=Body.State.CLOSED).exclude(pk__in=taken)


def _tell_answer(nomination: Nomination, people: list[Person]) -> None:
    post(kind=NEWS, recipients=people, occasion=f"nomination {nomination.pk} answered", about=nomination)


def _end(by: Person, lead: FunctionLead) -> None:
    lead.until_on = clock.today()
    lead.save(update_fields=["until_on"])
    record(actor=by, verb="network.ended_lead", about=lead, function=lead.function)


def _locked(nomination: Nomination) -> Nomination:
    Body.objects.select_for_update().get(pk=nomination.seat.body_id)
    return Nomination.objects.select_related("seat__body", "nominated_by").get(pk=nomination.pk)


def _check_waiting(nomination: Nomination) -> None:
    if nomination.state != NominationState.NOMINATED:
        raise Refused(NOT_WAITING)
