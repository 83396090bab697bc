"""What the seats page of a body shows: every chair, and names only for those who may know them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from core import clock
from core.permissions import can
from core.said import how_long
from governance.balance import Balance, balances
from governance.models import Body, BodyMove, Constituency, Office, Seat, Term
from governance.permissions import FILL_SEATS, KNOW_WHO_SITS, SEE_SETTINGS
from governance.presenters.words import office_words
from governance.quorum import out_of_reach


@dataclass(frozen=True)
class Sitting:
    """One person's time in a seat. `turn` is its place among all the times of that seat, and stands in addresses."""

    turn: int
    name: str
    starts_on: dt.date
    last_day: dt.date
    is_now: bool
    offices: list[str]
    may_renew: bool


@dataclass(frozen=True)
class Chair:
    """One seat. `number` is its place among all the seats the body ever had, and stands in addresses."""

    number: int
    words: str
    closes_on: dt.date | None
    sittings: list[Sitting]
    empty_since: dt.date | None

    @property
    def is_free(self) -> bool:
        return not self.sittings

    @property
    def empty_for(self) -> str:
        """ "40 days", "0 days" is said as "since today"."""
        if self.empty_since is None:
            return ""
        days = clock.today() - self.empty_since
        return how_long(days) if days else "since today"


@dataclass(frozen=True)
class Row:
    """One constituency, and for Corporate Services each function: how many chairs, and how many are taken."""

    words: str
    standing: int
    taken: int
    chairs: list[Chair] = field(default_factory=list)

    @property
    def empty(self) -> int:
        return max(self.standing - self.taken, 0)


@dataclass(frozen=True)
class SeatsPage:
    body: Body
    balance: Balance
    rows: list[Row]
    knows_who: bool
    may_fill: bool
    may_see_settings: bool
    takes_people: bool
    out_of_reach: str
    last_move: BodyMove | None


def seats_page(body: Body, person: Any) -> SeatsPage:
    """The seats of `body` as `person` may know them. Six queries and the reader's standing, however many seats."""
    knows_who = can(person, KNOW_WHO_SITS, body)
    balance = balances([body])[body.pk]
    return SeatsPage(
        body=body,
        balance=balance,
        rows=_rows(body, with_chairs=knows_who),
        knows_who=knows_who,
        may_fill=can(person, FILL_SEATS, body) and not body.has_ended,
        may_see_settings=can(person, SEE_SETTINGS, body),
        takes_people=body.takes_people,
        out_of_reach=out_of_reach(body, balance),
        last_move=body.moves.last(),
    )


def _rows(body: Body, *, with_chairs: bool) -> list[Row]:
    """One for each constituency and function that has a seat, in the order in which people read them."""
    today = clock.today()
    numbered = {seat.pk: number for number, seat in enumerate(Seat.objects.filter(body=body).order_by("pk"), 1)}
    terms = _terms_by_seat(body)
    offices = _offices_by_person(body) if with_chairs else {}
    found: dict[tuple[int, str], list[tuple[Seat, list[Term]]]] = defaultdict(list)
    order = list(Constituency)
    for seat in Seat.objects.open_on(today).filter(body=body).order_by("pk"):
        found[order.index(Constituency(seat.constituency)), seat.words].append((seat, terms[seat.pk]))
    return [
        Row(
            words=words,
            standing=len(seats),
            taken=sum(any(_is_now(term, today) for term in of_seat) for _, of_seat in seats),
            chairs=[_chair(seat, of_seat, numbered[seat.pk], offices, today) for seat, of_seat in seats]
            if with_chairs
            else [],
        )
        for (_, words), seats in sorted(found.items())
    ]


def _terms_by_seat(body: Body) -> dict[int, list[Term]]:
    """Every time anybody had in each seat, in the order in which they were given. One query."""
    found: dict[int, list[Term]] = defaultdict(list)
    for term in Term.objects.filter(body=body).select_related("person", "renewed_by").order_by("pk"):
        found[term.seat_id].append(term)
    return found


def _offices_by_person(body: Body) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for office in Office.objects.filter(body=body, until_on=None):
        found[office.person_id].append(office_words(body, office.kind).lower())
    return found


def _chair(seat: Seat, terms: list[Term], number: int, offices: dict[int, list[str]], today: dt.date) -> Chair:
    shown = [
        Sitting(
            turn=turn,
            name=term.person.name,
            starts_on=term.starts_on,
            last_day=term.last_day,
            is_now=_is_now(term, today),
            offices=offices.get(term.person_id, []) if _is_now(term, today) else [],
            may_renew=not _is_renewed(term),
        )
        for turn, term in enumerate(terms, 1)
        if term.ends_on > max(today, term.starts_on)
    ]
    taken = any(sitting.is_now for sitting in shown)
    return Chair(
        number=number,
        words=seat.words,
        closes_on=seat.closed_on,
        sittings=sorted(shown, key=lambda sitting: sitting.starts_on),
        empty_since=None if taken else empty_since(seat, terms, today),
    )


def empty_since(seat: Seat, terms: list[Term], today: dt.date) -> dt.date:
    """The day from which nobody has sat in an empty seat: its last person's, or the one it was opened on."""
    past = (term.ends_on for term in terms if term.starts_on < term.ends_on <= today)
    return max(past, default=seat.opened_on)


def _is_now(term: Term, today: dt.date) -> bool:
    return term.starts_on <= today < term.ends_on


def _is_renewed(term: Term) -> bool:
    renewal = getattr(term, "renewed_by", None)
    return renewal is not None and renewal.ends_on > renewal.starts_on


@dataclass(frozen=True)
class MySeat:
    """One time in one seat of the reader's own."""

    term: Term
    is_now: bool
    is_past: bool


@dataclass(frozen=True)
class MySeatsPage:
    seats: list[MySeat]
    offices: list[tuple[Office, str]]


def my_seats_page(person: Any) -> MySeatsPage:
    """Everything the reader sits on, has sat on and is to sit on, the newest first; and their offices. Two queries."""
    today = clock.today()
    terms = Term.objects.filter(person=person).select_related("body", "seat").order_by("-starts_on", "-pk")
    held = Office.objects.filter(person=person, until_on=None).select_related("body").order_by("body__name", "pk")
    return MySeatsPage(
        seats=[
            MySeat(term, is_now=_is_now(term, today) and not term.body.has_ended, is_past=term.ends_on <= today)
            for term in terms
            if term.ends_on > term.starts_on or term.ends_on >= today
        ],
        offices=[(office, office_words(office.body, office.kind)) for office in held],
    )
