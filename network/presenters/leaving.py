"""What the page before leaving the Network says."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Person
from core.said import nhs_date
from governance.models import Body, Office
from governance.presenters.own_seats import own_terms
from network.models import Partnership
from network.services.leaving import seats_for_the_network


@dataclass(frozen=True)
class LeavingNetwork:
    """`goes` is what ends, in lines; `keeps` names the seats that stay, which are not for the Network."""

    goes: list[str]
    keeps: list[str]


def leaving(person: Person) -> LeavingNetwork:
    """About the reader. Four queries."""
    going = list(seats_for_the_network(person))
    ids = [term.pk for term in going]
    held = Office.objects.filter(person=person, until_on=None, body__in=[term.body_id for term in going])
    pairs = Partnership.objects.visible_to(person).live().select_related("peer", "sponsor")
    others = [pair.sponsor if pair.peer_id == person.pk else pair.peer for pair in pairs]
    is_network = {term.pk: term.body.kind == Body.Kind.NETWORK for term in going}
    return LeavingNetwork(
        goes=[
            "your place in the Network",
            *(_seat_line(term) for term in going if not is_network[term.pk]),
            *(f"your part as {_office_words(office)}" for office in held.select_related("body")),
            *(f"your partnership with {other.name}, who is told that it has ended" for other in others),
            "messages and invitations about all of these",
        ],
        keeps=[term.body.name for term in own_terms(person).exclude(pk__in=ids)],
    )


def _seat_line(term: object) -> str:
    return f"your seat on {term.body.name}, which was yours until {nhs_date(term.last_day)}"


def _office_words(office: Office) -> str:
    return f"{office.get_kind_display().lower()} of {office.body.name}"
