"""Leave the Network, and with it every seat that one has for it, and one's partnerships."""

from __future__ import annotations

from typing import Protocol

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Person
from audit.services import record
from core import clock
from core.errors import Refused
from governance import standing
from governance.models import Body, Constituency, Deputy, Term
from governance.services.bodies import locked
from governance.services.deputies import end_at_once
from governance.services.leaving import give_up
from governance.workflows import ENDED
from network.models import Partnership
from network.notifications import partnerships as told
from notifications.services import post


class EndsToo(Protocol):
    """Ends something else when somebody leaves. Called inside the transaction, while their bodies' rows are locked."""

    def __call__(self, *, by: Person) -> None: ...


_ends_too: list[EndsToo] = []


def register_what_ends(end: EndsToo) -> None:
    """Called once, at start-up, by each room above whose rows are only for people of the Network."""
    if end not in _ends_too:
        _ends_too.append(end)


@transaction.atomic
def leave_network(*, by: Person) -> list[Term]:
    """Give up one's membership today, with every peer or staff sponsor seat, and be told once that it is done.

    Partnerships end, and the other of each pair is told. Requests to be a deputy end too. A seat for Corporate
    Services stays. Raises `Refused` for someone who is not in the Network, and for the only secretary.
    """
    network = _locked_with_all_bodies_of(by)
    terms = list(seats_for_the_network(by))
    if all(term.body_id != network.pk for term in terms):
        raise Refused("You are not in the Network now.")
    given_up = give_up(by=by, terms=terms)
    _end_partnerships(by)
    for deputy in Deputy.objects.live().filter(person=by).exclude(term__seat__constituency=Constituency.CORPORATE):
        end_at_once(deputy, by=by)
    for end in _ends_too:
        end(by=by)
    standing.forget(by)
    record(actor=by, verb="network.left", about=network, seats=len(given_up))
    return given_up


def seats_for_the_network(person: Person) -> QuerySet[Term]:
    """The seats someone has today as a peer or a staff sponsor, on the Network and on other bodies."""
    held = Term.objects.on(clock.today()).filter(person=person).exclude(body__state__in=ENDED)
    return held.exclude(seat__constituency=Constituency.CORPORATE).select_related("body", "seat").order_by("body__name")


def _locked_with_all_bodies_of(person: Person) -> Body:
    """The Network's row, and those of the other bodies: in the order in which every verb takes several."""
    theirs = seats_for_the_network(person).order_by().values("body_id")
    bodies = [locked(body) for body in Body.objects.filter(Q(kind=Body.Kind.NETWORK) | Q(pk__in=theirs)).order_by("pk")]
    return next(body for body in bodies if body.kind == Body.Kind.NETWORK)


def _end_partnerships(by: Person) -> None:
    """The other of each pair is told; whoever leaves knows."""
    for pair in Partnership.objects.unended().filter(Q(peer=by) | Q(sponsor=by)).select_related("peer", "sponsor"):
        pair.until_on = clock.today()
        pair.save(update_fields=["until_on"])
        record(actor=by, verb="network.ended_partnership", about=pair)
        other = pair.sponsor if pair.peer_id == by.pk else pair.peer
        post(kind=told.UNPAIRED, recipients=[other], occasion=f"partnership {pair.pk} ended", about=pair)
