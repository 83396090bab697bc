"""Who sits on bodies and who holds their offices: for telling them, and for pages that may name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import Person
from core import clock
from governance.models import Body, Break, Constituency, Deputy, Office, Seat, Side, Term
from governance.workflows import ENDED


def members_of(body_ids: Iterable[UUID], on: dt.date | None = None) -> list[tuple[Person, Side]]:
    """Everyone to ask or tell: who sits on any of the bodies on a day (today unless told), each once. One query.

    Someone who sits on several counts for the side they have on the first of `body_ids`. Closed bodies and people
    who no longer log in are left out; so is the seat of someone who has stepped back, and not their other seats.
    For who is at one table, those on a break included, see `table_of`.
    """
    order = {body_id: place for place, body_id in enumerate(dict.fromkeys(body_ids))}
    found: dict[int, tuple[int, Person, Side]] = {}
    for term in _terms(order, on or clock.today()).filter(is_on_break=False):
        place = order[term.body_id]
        if term.person_id not in found or place < found[term.person_id][0]:
            found[term.person_id] = (place, term.person, Constituency(term.seat.constituency).side)
    return [(person, side) for _, person, side in found.values()]


def _terms(body_ids: Iterable[UUID], day: dt.date) -> QuerySet[Any]:
    """Terms that run on a day, with their person and seat, and whether they are on a break then (`is_on_break`)."""
    return (
        Term.objects.on(day)
        .filter(body_id__in=list(body_ids), person__is_active=True)
        .exclude(body__state__in=ENDED)
        .annotate(is_on_break=Exists(Break.objects.on(day).filter(term=OuterRef("pk"))))
        .select_related("person", "seat")
        .order_by("person__name", "person_id")
    )


@dataclass(frozen=True)
class Place:
    """One taken seat at a table on a day: whose it is, and who has said yes to sit in for them (or None)."""

    person: Person
    side: Side
    is_on_break: bool
    deputy: Person | None

    @property
    def sits_in(self) -> Person | None:
        """The deputy, while they are asked to sit in."""
        return self.deputy if self.is_on_break else None

    @property
    def to_others(self) -> str:
        """What somebody who does not run the body may know of a seat on a break."""
        return "Seat covered" if self.deputy else "Seat kept"


def table_of(body_id: UUID, on: dt.date | None = None) -> list[Place]:
    """Every taken seat of a body on a day (today unless told), on a break or not, by name. Two queries.

    A deputy who has been given a seat of their own there sits in for nobody.
    """
    day = on or clock.today()
    willing = Deputy.objects.willing_on(day).filter(body_id=body_id, person__is_active=True).select_related("person")
    deputies = {deputy.term_id: deputy.person for deputy in willing.order_by("accepted_at")}
    terms = list(_terms([body_id], day))
    seated = {term.person_id for term in terms}
    places = []
    for term in terms:
        deputy = deputies.get(term.pk)
        deputy = None if deputy and deputy.pk in seated else deputy
        places.append(Place(term.person, Constituency(term.seat.constituency).side, term.is_on_break, deputy))
    return places


def asked_to_sit(places: Iterable[Place]) -> list[tuple[Person, Side]]:
    """Those of a table who are asked to come: whoever is not on a break, and the deputy of whoever is."""
    asked = ((place.sits_in if place.is_on_break else place.person, place.side) for place in places)
    return [(person, side) for person, side in asked if person]


def co_leads_of(body: Body) -> list[Person]:
    """The co-leads of a body today: those whose seat of that side still runs and is not on a break. Two queries."""
    terms = _terms([body.pk], clock.today()).filter(is_on_break=False)
    return _leading(body, {term.person_id: Constituency(term.seat.constituency).side for term in terms})


def co_leads_at(body: Body, places: Iterable[Place]) -> list[Person]:
    """The same, among the places of a table that was read already. One query."""
    return _leading(body, {place.person.pk: place.side for place in places if not place.is_on_break})


def _leading(body: Body, sides: Mapping[int, Side]) -> list[Person]:
    offices = _in_office(body, Office.Kind.CO_LEAD)
    return [office.person for office in offices if sides.get(office.person_id) == office.side]


def speakers_of(body: Body) -> list[Person]:
    """Those who speak for a side today: its co-lead, or who sits in for a co-lead on a break. Three queries."""
    offices = {(office.person_id, office.side): office.person for office in _in_office(body, Office.Kind.CO_LEAD)}
    speakers = []
    for place in table_of(body.pk):
        if (place.person.pk, place.side) in offices:
            speaker = place.deputy if place.is_on_break else place.person
            speakers += [speaker] if speaker else []
    return speakers


def runners_of(body: Body) -> list[Person]:
    """Those who look after a body's seats: its co-leads and its secretary, or else the secretary of the body above."""
    secretaries = secretaries_of(body) or (secretaries_of(body.reports_to) if body.reports_to else [])
    return [*co_leads_of(body), *secretaries]


def secretaries_of(body: Body) -> list[Person]:
    """The secretary and deputies of a body today. One query."""
    return [office.person for office in _in_office(body, Office.Kind.SECRETARY, Office.Kind.DEPUTY)]


def _in_office(body: Body, *kinds: str) -> QuerySet[Office]:
    return (
        Office.objects.filter(
            body=body, kind__in=kinds, until_on=None, from_on__lte=clock.today(), person__is_active=True
        )
        .exclude(body__state__in=ENDED)
        .select_related("person")
        .order_by("kind", "side", "id")
    )


def who_may_have(seat: Seat, words: str, *, most: int) -> list[Person]:
    """Members of the Network who are what `seat` is for, whose name has `words` in it, and who are not on its body.

    For those who run the body. One more than `most` at the most, so that the caller can say there are too many.
    """
    here = Term.objects.filter(body=seat.body_id, ends_on__gt=clock.today()).filter(ends_on__gt=F("starts_on"))
    found = (
        Term.objects.on(clock.today())
        .filter(body__kind=Body.Kind.NETWORK, seat__constituency=seat.constituency)
        .filter(person__is_active=True, person__name__icontains=words)
        .exclude(person__in=here.values("person"))
        .select_related("person")
        .order_by("person__name", "person_id")
    )
    return [term.person for term in found[: most + 1]]
