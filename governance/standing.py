"""Where a person stands today: which bodies they sit on, for which side, and what offices they hold.

Someone who has stepped back from a seat keeps it, and may read as before; what they would be asked or told, and their
part as co-lead, rests until they come back. Meanwhile their deputy, if they have one, sits in.

Read in one query and kept on the person object for the length of a request, so that asking a hundred
permissions costs no more than asking one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from core import clock
from governance.models.bodies import Body, Constituency, Side
from governance.models.breaks import Break
from governance.models.deputies import Deputy
from governance.models.offices import Office
from governance.models.seats import Seat, Term
from governance.workflows import ENDED

#: What a row of the answer is.
SEAT, OFFICE, SITS_IN = range(3)

#: Seats, offices and sitting in together; the last column says of a seat whether it is on a break, and of sitting in
#: whether it is for a co-lead. Written out because every page of everyone who has logged in asks it: Django takes
#: longer to put the questions into SQL than the database takes to answer them.
QUESTION = f"""
    SELECT term.body_id, body.kind, seat.constituency, seat.function, {SEAT},
      EXISTS (SELECT 1 FROM {Break._meta.db_table} break WHERE break.term_id = term.id AND break.back_on IS NULL)
    FROM {Term._meta.db_table} term
    JOIN {Body._meta.db_table} body ON body.id = term.body_id
    JOIN {Seat._meta.db_table} seat ON seat.id = term.seat_id
    WHERE term.person_id = %(person)s AND term.starts_on <= %(today)s AND term.ends_on > %(today)s
      AND body.state NOT IN (%(closed)s, %(merged)s)
    UNION ALL
    SELECT office.body_id, body.kind, office.kind, office.side, {OFFICE}, FALSE
    FROM {Office._meta.db_table} office
    JOIN {Body._meta.db_table} body ON body.id = office.body_id
    WHERE office.person_id = %(person)s AND office.until_on IS NULL AND office.from_on <= %(today)s
      AND body.state NOT IN (%(closed)s, %(merged)s)
    UNION ALL
    SELECT term.body_id, body.kind, seat.constituency, seat.function, {SITS_IN},
      EXISTS (
        SELECT 1 FROM {Office._meta.db_table} office
        WHERE office.body_id = term.body_id AND office.person_id = term.person_id AND office.until_on IS NULL
          AND office.kind = %(co_lead)s
          AND office.side = CASE seat.constituency WHEN %(peer)s THEN %(peer)s ELSE %(staff)s END
      )
    FROM {Deputy._meta.db_table} deputy
    JOIN {Term._meta.db_table} term ON term.id = deputy.term_id
    JOIN {Break._meta.db_table} break ON break.term_id = term.id AND break.back_on IS NULL
    JOIN {Body._meta.db_table} body ON body.id = term.body_id
    JOIN {Seat._meta.db_table} seat ON seat.id = term.seat_id
    WHERE deputy.person_id = %(person)s AND deputy.ended_at IS NULL AND deputy.accepted_at IS NOT NULL
      AND term.starts_on <= %(today)s AND term.ends_on > %(today)s AND body.state NOT IN (%(closed)s, %(merged)s)
"""  # noqa: S608 -- names of our own tables, and no value
CLOSED, MERGED = ENDED
WORDS = {"closed": CLOSED, "merged": MERGED, "co_lead": Office.Kind.CO_LEAD, "peer": Side.PEER, "staff": Side.STAFF}


@dataclass(frozen=True)
class SeatHeld:
    """A seat someone holds today, or in `Standing.sits_in` keeps warm for somebody who is on a break.

    `is_on_break` is about one's own seat; `for_co_lead` about a seat one sits in for.
    """

    body_id: UUID
    body_kind: str
    constituency: Constituency
    function: str | None
    is_on_break: bool = False
    for_co_lead: bool = False

    @property
    def side(self) -> Side:
        return self.constituency.side


@dataclass(frozen=True)
class Standing:
    """`seats` by body id; `offices` as (body id, body kind, office kind, side); `sits_in` by body id.

    The office of a co-lead on a break rests, and is not among `offices`.
    """

    seats: dict[UUID, SeatHeld]
    offices: frozenset[tuple[UUID, str, str, str]]
    sits_in: dict[UUID, SeatHeld] = field(default_factory=dict)

    def sits_on(self, body_id: UUID) -> bool:
        return body_id in self.seats

    def side_on(self, body_id: UUID) -> Side | None:
        seat = self.seats.get(body_id)
        return seat.side if seat else None

    def sits_on_kind(self, kind: str) -> bool:
        return any(seat.body_kind == kind for seat in self.seats.values())

    def is_on_break_from(self, body_id: UUID) -> bool:
        """Has stepped back from their seat there."""
        return body_id in self.seats and self.seats[body_id].is_on_break

    def is_asked_by(self, body_id: UUID) -> bool:
        """Is at that table now: sits there and has not stepped back, or sits in for somebody who has."""
        return (self.sits_on(body_id) and not self.is_on_break_from(body_id)) or body_id in self.sits_in

    def hears_of(self, body_id: UUID) -> bool:
        """Messages of that body are for them: they are at the table, or run it."""
        return self.is_asked_by(body_id) or body_id in self.run_body_ids

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

    def speaks_for(self, body_id: UUID) -> Side | None:
        """The side for which this person says what needs a co-lead of each: its co-lead, or who sits in for them."""
        sits_in = self.sits_in.get(body_id)
        return self.co_lead_side(body_id) or (sits_in.side if sits_in and sits_in.for_co_lead else None)

    def is_secretary_of(self, body_id: UUID) -> bool:
        return self.holds(body_id, Office.Kind.SECRETARY, Office.Kind.DEPUTY)

    @property
    def is_steering_secretary(self) -> bool:
        return any(
            kind == Body.Kind.STEERING and office in (Office.Kind.SECRETARY, Office.Kind.DEPUTY)
            for _, kind, office, _ in self.offices
        )

    @property
    def is_on_staff_side(self) -> bool:
        """Whether they hold a seat or an office on the staff side of any body."""
        return any(seat.side == Side.STAFF for seat in self.seats.values()) or any(
            side == Side.STAFF for _, _, _, side in self.offices
        )

    @property
    def is_on_steering(self) -> bool:
        return self.sits_on_kind(Body.Kind.STEERING)

    @property
    def is_asked_by_steering(self) -> bool:
        """Sits on the Steering Group and has not stepped back."""
        return any(seat.body_kind == Body.Kind.STEERING and not seat.is_on_break for seat in self.seats.values())

    @property
    def sits_in_on_steering(self) -> bool:
        return any(seat.body_kind == Body.Kind.STEERING for seat in self.sits_in.values())

    @property
    def co_led_body_ids(self) -> frozenset[UUID]:
        return frozenset(office[0] for office in self.offices if office[2] == Office.Kind.CO_LEAD)

    @property
    def run_body_ids(self) -> frozenset[UUID]:
        """Bodies this person is a secretary or co-lead of."""
        return frozenset(office[0] for office in self.offices)

    @property
    def body_ids(self) -> frozenset[UUID]:
        """Bodies this person sits on, sits in on, or holds an office of."""
        return frozenset(self.seats) | frozenset(self.sits_in) | {office[0] for office in self.offices}


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
    values = {name: word.value for name, word in WORDS.items()}
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, {"person": person.pk, "today": today, **values})
        rows = [(_uuid(body), *others) for body, *others in cursor.fetchall()]
    seats = {row[0]: _seat(*row[:4], is_on_break=bool(row[5])) for row in rows if row[4] == SEAT}
    sits_in = {row[0]: _seat(*row[:4], for_co_lead=bool(row[5])) for row in rows if row[4] == SITS_IN}
    offices = (row[:4] for row in rows if row[4] == OFFICE)
    return Standing(seats, frozenset(office for office in offices if _still_stands(office, seats)), sits_in)


def _seat(body: UUID, kind: str, constituency: str, function: str | None, **more: bool) -> SeatHeld:
    return SeatHeld(body, kind, Constituency(constituency), function, **more)


def _uuid(value: UUID | str) -> UUID:
    """SQLite keeps a UUID as text."""
    return value if isinstance(value, UUID) else UUID(value)


def _still_stands(office: tuple[UUID, str, str, str], seats: dict[UUID, SeatHeld]) -> bool:
    """A co-lead speaks from a seat of their side: when the term runs out, so does the office; on a break it rests."""
    body_id, _, kind, side = office
    if kind != Office.Kind.CO_LEAD:
        return True
    seat = seats.get(body_id)
    return seat is not None and seat.side == side and not seat.is_on_break
