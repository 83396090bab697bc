"""What the front page and my page show, assembled from the rooms below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from governance import standing
from governance.models import Body, Office
from network.models import Partnership


@dataclass(frozen=True)
class Card:
    """One thing that needs the reader: what it is, where to do it, and until when."""

    title: str
    path: str
    words: str = ""


def hub(person: Person) -> dict[str, Any]:
    """The front page of someone who has logged in."""
    return {"cards": [], "first_name": person.get_short_name()}


def my_page(person: Person) -> dict[str, Any]:
    """The reader's seats, offices, and the people beside them."""
    stands = standing.of(person)
    bodies = Body.objects.in_bulk(list(stands.body_ids))
    seats = [(bodies[held.body_id], held.constituency.label) for held in stands.seats.values()]
    offices = [(bodies[body], Office.Kind(kind).label) for body, _, kind, _ in stands.offices]
    return {
        "seats": sorted(seats, key=lambda seat: seat[0].name),
        "offices": sorted(offices, key=lambda office: office[0].name),
        "sponsors": list(Partnership.objects.filter(peer=person, until_on=None).select_related("sponsor")),
        "peers": list(Partnership.objects.filter(sponsor=person, until_on=None).select_related("peer")),
    }
