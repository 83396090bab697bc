"""Who sits on bodies and who holds their offices: for telling them, and for pages that may name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.models import Person
from core import clock
from governance.models import Body, Constituency, Office, Seat, Side, Term
from governance.workflows import ENDED


def members_of(body_ids: Iterable[UUID], on: dt.date | None = None) -> list[tuple[Person, Side]]:
    """Everyone who sits on any of the bodies on a day (today unless told), each once, with their side. One query.

    Someone who sits on several counts for the side they have on the first of `body_ids`. Closed bodies and people
    who no longer log in are left out.
    """
    order = {body_id: place for place, body_id in enumerate(dict.fromkeys(body_ids))}
    found: dict[int, tuple[int, Person, Side]] = {}
    for term in _terms(order, on or clock.today()):
        place = order[term.body_id]
        if term.person_id not in found or place < found[term.person_id][0]:
            found[term.person_id] = (place, term.person, Constituency(term.seat.constituency).side)
    return [(person, side) for _, person, side in found.values()]


def _terms(body_ids: Iterable[UUID], day: dt.date) -> QuerySet[Term]:
    return (
        Term.objects.on(day)
        .filter(body_id__in=list(body_ids), person__is_active=True)
        .exclude(body__state__in=ENDED)
        .select_related("person", "seat")
        .order_by("person__name", "person_id")
    )


def co_leads_of(body: Body) -> list[Person]:
    """The co-leads of a body today: those whose seat of that side still runs. Two queries."""
    offices = _in_office(body, Office.Kind.CO_LEAD)
    sides = {term.person_id: Constituency(term.seat.constituency).side for term in _terms([body.pk], clock.today())}
    return [office.person for office in offices if sides.get(office.person_id) == office.side]


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
