"""Corporate Services: the seats of each function, who has them and by whose choice, and which are empty since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core import clock
from core.permissions import can
from governance.models import Body, Constituency, Function, Seat, Term
from network.models import FunctionLead, Nomination
from network.permissions import NAME_LEADS


@dataclass(frozen=True)
class FunctionSeat:
    """One seat of a function. `holder` is empty for an empty seat; `empty_since` is set then."""

    body: str
    holder: str
    nominated_by: str
    empty_since: dt.date | None
    days_empty: int
    nomination: Nomination | None


@dataclass(frozen=True)
class FunctionPart:
    function: Function
    lead: FunctionLead | None
    is_mine: bool
    seats: list[FunctionSeat]


@dataclass(frozen=True)
class CorporatePage:
    parts: list[FunctionPart]
    may_name: bool
    may_nominate: bool


def corporate_page(person: Any) -> CorporatePage:
    """All functions for the secretary; for others those they speak for. Five queries."""
    leads = {lead.function: lead for lead in FunctionLead.objects.visible_to(person).current().select_related("person")}
    may_name = can(person, NAME_LEADS)
    mine = {function for function, lead in leads.items() if lead.person_id == person.pk}
    shown = [each for each in Function if may_name or each in mine]
    seats = _seats(shown)
    parts = [
        FunctionPart(each, leads.get(each), is_mine=each in mine, seats=[seat for of, seat in seats if of == each])
        for each in shown
    ]
    return CorporatePage([part for part in parts if part.seats or part.lead or may_name], may_name, bool(mine))


def nominated_by(term_ids: Iterable[int]) -> dict[int, str]:
    """For terms that a function's nomination filled, by id: "nominated by Human Resources". One query."""
    found = Nomination.objects.filter(term__in=list(term_ids)).values_list("term", "seat__function")
    return {term_id: _words(function) for term_id, function in found}


def nominated_on(body: Body) -> dict[int, str]:
    """The same for whoever sits on `body` today by a nomination, by the id of the person. One query."""
    terms = Term.objects.on(clock.today()).filter(body=body)
    found = Nomination.objects.filter(term__in=terms).values_list("term__person", "seat__function")
    return {person_id: _words(function) for person_id, function in found}


def _words(function: str) -> str:
    return f"nominated by {Function(function).label}"


def _seats(functions: list[Function]) -> list[tuple[str, FunctionSeat]]:
    today = clock.today()
    seats = list(
        Seat.objects.open_on(today)
        .filter(constituency=Constituency.CORPORATE, function__in=functions)
        .exclude(body__state=Body.State.CLOSED)
        .select_related("body")
        .order_by("body__name", "pk")
    )
    ids = [seat.pk for seat in seats]
    terms = Term.objects.filter(seat__in=ids, starts_on__lte=today).select_related("person").order_by("ends_on")
    last = {term.seat_id: term for term in terms}
    waiting = {each.seat_id: each for each in Nomination.objects.waiting().filter(seat__in=ids)}
    chosen = nominated_by(term.pk for term in last.values())
    return [(str(seat.function), _seat(seat, last.get(seat.pk), waiting.get(seat.pk), chosen)) for seat in seats]


def _seat(seat: Seat, term: Term | None, waiting: Nomination | None, chosen: dict[int, str]) -> FunctionSeat:
    today = clock.today()
    if term and term.ends_on > today:
        return FunctionSeat(seat.body.name, term.person.name, chosen.get(term.pk, ""), None, 0, waiting)
    since = term.ends_on if term else seat.opened_on
    return FunctionSeat(seat.body.name, "", "", since, (today - since).days, waiting)
