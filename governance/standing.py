"""Where a person stands today: which bodies they sit on, for which side, and what offices they hold.

Read in one query and kept on the person object for the length of a request, so that asking a hundred
permissions costs no more than asking one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from core import clock
from governance.models import Body, Constituency, Office, Seat, Side, Term
from governance.workflows import ENDED

#: Seats and offices together. Written out because every page of everyone who has logged in asks it: Django takes longer
#: to put the two questions into SQL than the database takes to answer them.
QUESTION = f"""
    SELECT term.body_id, body.kind, seat.constituency, seat.function, 1
    FROM {Term._meta.db_table} term
    JOIN {Body._meta.db_table} body ON body.id = term.body_id
    JOIN {Seat._meta.db_table} seat ON seat.id = term.seat_id
    WHERE term.person_id = %(person)s AND term.starts_on <= %(today)s AND term.ends_on > %(today)s
      AND body.state NOT IN (%(closed)s, %(merged)s)
    UNION ALL
    SELECT office.body_id, body.kind, office.kind, office.side, 0
    FROM {Office._meta.db_table} office
    JOIN {Body._meta.db_table} body ON body.id = office.body_id
    WHERE office.person_id = %(person)s AND office.until_on IS NULL AND office.from_on <= %(today)s
      AND body.state NOT IN (%(closed)s, %(merged)s)
"""  # noqa: S608 -- names of our own tables, and no value


CLOSED, MERGED = (state.value for state in ENDED)


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
    today = connection.ops.adapt_datefield_value(clock.today())
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, {"person": person.pk, "today": today, "closed": CLOSED, "merged": MERGED})
        rows = [(_uuid(body), *others) for body, *others in cursor.fetchall()]
    seats = {
        body: SeatHeld(body, kind, Constituency(constituency), function)
        for body, kind, constituency, function, is_seat in rows
        if is_seat
    }
    offices = (row[:4] for row in rows if not row[4])
    return Standing(seats=seats, offices=frozenset(office for office in offices if _still_stands(office, seats)))


def _uuid(value: UUID | str) -> UUID:
    """SQLite keeps a UUID as text."""
    return value if isinstance(value, UUID) else UUID(value)


def _still_stands(office: tuple[UUID, str, str, str], seats: dict[UUID, SeatHeld]) -> bool:
    """A co-lead speaks from a seat of their side: when the term runs out, so does the office."""
    body_id, _, kind, side = office
    if kind != Office.Kind.CO_LEAD:
        return True
    seat = seats.get(body_id)
    return seat is not None and seat.side == side
