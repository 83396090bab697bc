"""Ask someone to be one's deputy; say yes or no; stop. Each verb locks the body's row: two at once take turns."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from core.once import first_result
from governance import standing
from governance.models import Body, Constituency, Deputy, Seat, Term
from governance.notifications.own_seats import DEPUTY_ASKED, DEPUTY_CHANGED, SIT_IN_OVER
from governance.services.bodies import locked
from governance.services.own_term import own_term
from notifications.services import post


@transaction.atomic
def ask_deputy(*, by: Person, term: Term, address: str, form_key: UUID) -> Deputy:
    """Ask whoever has exactly this email address to be one's deputy for a seat.

    They are told if they could hold such a seat and do not sit on that body. If not, nobody is told, and the one who
    asked learns nothing of it: an answer would tell who is in the Network. A repeated `form_key` gives the first
    result. Raises `Refused` for one's own address, for a second deputy, and for a seat in the Network.
    """
    body, term = own_term(by=by, term=term)
    first = first_result(Deputy.objects.all(), form_key, named_by_id=by.pk, term_id=term.pk)
    if first:
        return first
    address = address.strip().lower()
    if body.kind == Body.Kind.NETWORK:
        raise Refused("Nobody can sit in for you here: belonging is yours alone.")
    if address == by.email.lower():
        raise Refused("Enter the email address of someone else.", field="address")
    if Deputy.objects.live().filter(term=term).exists():
        raise Refused("You have asked someone already. You can ask one person at a time.")
    person = _who_could(body, term.seat, address)
    asked = Deputy.objects.create(
        term=term, body=body, address=address, person=person, named_at=clock.now(), named_by=by, form_key=form_key
    )
    record(actor=by, verb="governance.asked_deputy", about=asked)
    if person:
        post(kind=DEPUTY_ASKED, recipients=[person], occasion=f"deputy {asked.pk}", about=asked)
    return asked


@transaction.atomic
def accept(*, by: Person, deputy: Deputy) -> Deputy:
    """Say yes, and tell the person who asked. A second yes changes nothing.

    Raises `Refused` for somebody else's request, one that is over, and for someone who could not sit in by now.
    """
    body, deputy = _asked_of(by, deputy)
    if deputy.accepted_at:
        return deputy
    if not Term.objects.on(clock.today()).filter(pk=deputy.term_id).exists():
        raise Refused("The time in this seat has ended, so there is nothing to do.")
    _end_where_the_term_is_over(by, body)
    if Deputy.objects.willing().filter(body=body, person=by).exists():
        raise Refused("You are a deputy for someone in this group already. You can be that for one person.")
    if not _can_sit_in(by, body, deputy.term.seat):
        raise Refused("You cannot sit in here now: it is for someone who could have such a seat, and has none here.")
    deputy.accepted_at, deputy.accepted_by, deputy.address = clock.now(), by, ""
    deputy.save(update_fields=["accepted_at", "accepted_by", "address"])
    record(actor=by, verb="governance.became_deputy", about=deputy)
    standing.forget(by)
    post(kind=DEPUTY_CHANGED, recipients=[deputy.term.person], occasion=f"deputy {deputy.pk} yes", about=deputy)
    return deputy


@transaction.atomic
def decline(*, by: Person, deputy: Deputy) -> Deputy:
    """Say no, or stop after a yes. The person who asked is told, unless they are on a break.

    Raises `Refused` for somebody else's request, and for one that is over.
    """
    _, deputy = _asked_of(by, deputy)
    end_at_once(deputy, by=by)
    standing.forget(by)
    if not deputy.term.breaks.now().exists():
        post(kind=DEPUTY_CHANGED, recipients=[deputy.term.person], occasion=f"deputy {deputy.pk} over", about=deputy)
    return deputy


@transaction.atomic
def end_deputy(*, by: Person, term: Term) -> None:
    """Take back what one asked, or have this deputy no more. A second press changes nothing."""
    _, term = own_term(by=by, term=term)
    end_deputies_of(term, by=by)


def end_deputies_of(term: Term, *, by: Person) -> None:
    """For a verb that holds the body's row: nobody deputises for this term any more, and whoever did is told."""
    for deputy in Deputy.objects.live().filter(term=term).select_related("person"):
        end_at_once(deputy, by=by)
        if deputy.accepted_at and deputy.person:
            post(kind=SIT_IN_OVER, recipients=[deputy.person], occasion=f"deputy {deputy.pk} ended", about=deputy)


def end_at_once(deputy: Deputy, *, by: Person) -> None:
    """End it now, for a verb that holds the body's row."""
    deputy.ended_at, deputy.ended_by, deputy.address = clock.now(), by, ""
    deputy.save(update_fields=["ended_at", "ended_by", "address"])
    record(actor=by, verb="governance.ended_deputy", about=deputy)
    if deputy.person:
        standing.forget(deputy.person)


@transaction.atomic
def set_deputies_count(*, by: Person, body: Body, deputies_count: bool) -> Body:
    """Whether deputies count for the quorum of meetings recorded from now on. No difference means nothing done."""
    body = locked(body)
    if body.deputies_count != deputies_count:
        body.deputies_count = deputies_count
        body.save(update_fields=["deputies_count"])
        record(actor=by, verb="governance.set_deputies_count", about=body, deputies_count=deputies_count)
    return body


def _asked_of(by: Person, deputy: Deputy) -> tuple[Body, Deputy]:
    """What `by` was asked, as it stands once the body's row is ours."""
    body = locked(deputy.body)
    found = Deputy.objects.select_related("term__person", "term__seat", "person").get(pk=deputy.pk)
    if found.person_id != by.pk:
        raise Refused("Only the person who was asked can answer this.")
    if found.ended_at:
        raise Refused("This is over: one of you has ended it.")
    return body, found


def _who_could(body: Body, seat: Seat, address: str) -> Person | None:
    """Who has this address and could sit in that seat, or None."""
    person = Person.objects.filter(email__iexact=address, is_active=True).first()
    return person if person and _can_sit_in(person, body, seat) else None


def _can_sit_in(person: Person, body: Body, seat: Seat) -> bool:
    """Could hold such a seat, being that in the Network (Corporate Services: anyone), and does not sit there."""
    held = Term.objects.on(clock.today()).filter(person=person)
    if held.filter(body=body).exists():
        return False
    in_network = held.filter(body__kind=Body.Kind.NETWORK, seat__constituency=seat.constituency)
    return seat.constituency == Constituency.CORPORATE or in_network.exists()


def _end_where_the_term_is_over(by: Person, body: Body) -> None:
    """What someone said yes to for a term that has run out by itself makes way."""
    for deputy in Deputy.objects.willing().filter(body=body, person=by, term__ends_on__lte=clock.today()):
        end_at_once(deputy, by=by)
