"""Where a person stands today: which bodies they sit on, for which side, and what offices they hold.

Read in two queries and kept on the person object for the length of a request, so that asking a hundred
permissions costs no more than asking one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core import clock
from governance.models import Body, Constituency, Office, Side, Term


@dataclass(frozen=True)
class SeatHeld:
    """A seat someone holds today."""

    body_id: UUID
    body_kind: str
    constituency: Constituency
    function: str | None

    @property
    def side(self) -> Side:
        return self.constituency.side


@dataclass(frozen=True)
class Standing:
    """`seats` by body id; `offices` as (body id, body kind, office kind, side)."""

    seats: dict[UUID, SeatHeld]
    offices: frozenset[tuple[UUID, str, str, str]]

    def sits_on(self, body_id: UUID) -> bool:
        return body_id in self.seats

    def side_on(self, body_id: UUID) -> Side | None:
        seat = self.seats.get(body_id)
        return seat.side if seat else None

    def sits_on_kind(self, kind: str) -> bool:
        return any(seat.body_kind == kind for seat in self.seats.values())

    def holds(self, body_id: UUID, *kinds: str) -> bool:
        return any(office[0] == body_id and office[2] in kinds for office in self.offices)

    def co_leads(self, body_id: UUID) -> bool:
        return self.holds(body_id, Office.Kind.CO_LEAD)

    def co_lead_side(self, body_id: UUID) -> Side | None:
        """The side for which this person co-leads the body, or None."""
        for office_body, _, kind, side in self.offices:
            if office_body == body_id and kind == Office.Kind.CO_LEAD:
                return Side(side)
        return None

    def is_secretary_of(self, body_id: UUID) -> bool:
        return self.holds(body_id, Office.Kind.SECRETARY, Office.Kind.DEPUTY)

    @property
    def is_steering_secretary(self) -> bool:
        return any(
            kind == Body.Kind.STEERING and office in (Office.Kind.SECRETARY, Office.Kind.DEPUTY)
            for _, kind, office, _ in self.offices
        )

    @property
    def is_on_steering(self) -> bool:
        return self.sits_on_kind(Body.Kind.STEERING)

    @property
    def co_led_body_ids(self) -> frozenset[UUID]:
        return frozenset(office[0] for office in self.offices if office[2] == Office.Kind.CO_LEAD)

    @property
    def run_body_ids(self) -> frozenset[UUID]:
        """Bodies this person is a secretary or co-lead of."""
        return frozenset(office[0] for office in self.offices)

    @property
    def body_ids(self) -> frozenset[UUID]:
        """Bodies this person sits on or holds an office of."""
        return frozenset(self.seats) | {office[0] for office in self.offices}


NOBODY = Standing(seats={}, offices=frozenset())


def of(person: Any) -> Standing:
    """The standing of `person` today; nobody's for someone not logged in, or deactivated."""
    if not person.is_authenticated or not person.is_active:
        return NOBODY
    if not hasattr(person, "_standing"):
        person._standing = _read(person)
    return person._standing


def forget(person: Any) -> None:
    """Forget what was read, after an act that changed it."""
    person.__dict__.pop("_standing", None)


def _read(person: Any) -> Standing:
    today = clock.today()
    terms = (
        Term.objects.filter(person=person, starts_on__lte=today, ends_on__gt=today)
        .exclude(body__state=Body.State.CLOSED)
        .values_list("body_id", "body__kind", "seat__constituency", "seat__function")
    )
    offices = (
        Office.objects.filter(person=person, until_on=None, from_on__lte=today)
        .exclude(body__state=Body.State.CLOSED)
        .values_list("body_id", "body__kind", "kind", "side")
    )
    seats = {body: SeatHeld(body, kind, Constituency(seat), function) for body, kind, seat, function in terms}
    return Standing(seats=seats, offices=frozenset(office for office in offices if _still_stands(office, seats)))


def _still_stands(office: tuple[UUID, str, str, str], seats: dict[UUID, SeatHeld]) -> bool:
    """A co-lead speaks from a seat of their side: when the term runs out, so does the office."""
    body_id, _, kind, side = office
    if kind != Office.Kind.CO_LEAD:
        return True
    seat = seats.get(body_id)
    return seat is not None and seat.side == side
