"""What the pages about interests show, read in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Person
from core import clock
from core.permissions import can
from core.said import nhs_date
from governance import standing
from governance.balance import counted
from governance.interest_permissions import DECLARE_INTERESTS, READ_REGISTER, SEE_WHO_HAS_ANSWERED
from governance.models import Body, Constituency, Interest, InterestAsk, InterestEntry, Side
from governance.models.interests import seats_that_are_asked

Answer = InterestAsk.Answer


@dataclass(frozen=True)
class Line:
    """One interest as it stands, and the entries before that one."""

    interest: Interest
    entry: InterestEntry
    before: list[InterestEntry]
    is_current: bool

    @property
    def days(self) -> str:
        return days_of(self.entry)


def days_of(entry: InterestEntry) -> str:
    """ "Since 1 May 2020", "1 May 2020 to 3 June 2026"."""
    if entry.until_on is None:
        return f"Since {nhs_date(entry.from_on)}"
    return f"{nhs_date(entry.from_on)} to {nhs_date(entry.until_on)}"


@dataclass
class Declared:
    """What one person has in the register: what runs, and what ended in the last two years."""

    person: Person
    current: list[Line] = field(default_factory=list)
    past: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class MyInterests:
    """The reader's own page. `waits` when the yearly question has no answer yet; `answered` is the last that has."""

    declared: Declared
    is_asked: bool
    waits: bool
    answered: InterestAsk | None
    may_read_register: bool
    may_see_who_answered: bool
    tables: list[Body]


@dataclass(frozen=True)
class BodyRegister:
    """What the members of one body have declared. `nothing` names those who say that they have nothing."""

    body: Body
    declared: list[Declared]
    nothing: list[str]


@dataclass(frozen=True)
class Register:
    """Everything declared, by person; and how many have answered this year, in counts."""

    declared: list[Declared]
    asked: str
    answered: str
    nothing: str


@dataclass(frozen=True)
class Waiting:
    """Those of one body who were asked and have not answered."""

    body: Body
    people: list[tuple[str, dt.date]]


def my_interests(person: Person) -> MyInterests:
    """The reader's own page. Four queries and their standing."""
    asks = list(InterestAsk.objects.filter(person=person))
    mine = _by_person(Interest.objects.filter(person=person))
    return MyInterests(
        declared=mine.get(person.pk) or Declared(person),
        is_asked=can(person, DECLARE_INTERESTS),
        waits=can(person, DECLARE_INTERESTS) and not (asks and asks[-1].answer),
        answered=next((ask for ask in reversed(asks) if ask.answer), None),
        may_read_register=can(person, READ_REGISTER),
        may_see_who_answered=can(person, SEE_WHO_HAS_ANSWERED),
        tables=list(
            Body.objects.alive()
            .filter(pk__in=standing.of(person).seats)
            .exclude(kind=Body.Kind.NETWORK)
            .order_by("name")
        ),
    )


def question_waiting(person: Person) -> QuerySet[InterestAsk]:
    """The yearly question that waits for the reader, if it does: the newest, when it has no answer."""
    newer = InterestAsk.objects.filter(person=person, number__gt=OuterRef("number"))
    return InterestAsk.objects.filter(person=person, answer="").exclude(Exists(newer))


def body_register(body: Body) -> BodyRegister:
    """What those who sit on `body` in a seat that is asked have declared. Four queries.

    A peer who is asked for a seat elsewhere is left out: their line would tell where else they sit.
    """
    people = {term.person_id: term.person for term in _asked_terms().filter(body=body)}
    found = _by_person(Interest.objects.filter(person__in=people))
    said_nothing = {ask.person_id for ask in _last_asks(people) if ask.answer == Answer.NOTHING}
    declared = [found[pk] for pk in people if pk in found]
    nothing = [person.name for pk, person in people.items() if pk in said_nothing and pk not in found]
    return BodyRegister(body, declared, nothing)


def whole_register() -> Register:
    """The register of the Trust. Answers are told in counts: who is asked and has not declared is not named here."""
    found = _by_person(Interest.objects.all())
    sides = {term.person_id: Constituency(term.seat.constituency).side for term in _asked_terms()}
    asks = [ask for ask in _last_asks(sides) if ask.answer]
    return Register(
        declared=sorted(found.values(), key=lambda each: (each.person.name, each.person.pk)),
        asked=_sides(sides.values()),
        answered=_sides(sides[ask.person_id] for ask in asks),
        nothing=_sides(sides[ask.person_id] for ask in asks if ask.answer == Answer.NOTHING),
    )


def waiting_for(person: Person) -> list[Waiting]:
    """Who has not answered, by body: for a secretary their own, for the Steering Group's every one. Two queries."""
    stands = standing.of(person)
    terms = _asked_terms().select_related("body").order_by("body__name", "person__name", "pk")
    if not stands.is_steering_secretary:
        terms = terms.filter(body_id__in=[pk for pk in stands.run_body_ids if stands.is_secretary_of(pk)])
    terms = list(terms)
    asked_on = {ask.person_id: ask.asked_on for ask in _last_asks({term.person_id for term in terms}) if not ask.answer}
    by_body: dict[Body, list[tuple[str, dt.date]]] = defaultdict(list)
    for term in terms:
        if term.person_id in asked_on:
            by_body[term.body].append((term.person.name, asked_on[term.person_id]))
    return [Waiting(body, people) for body, people in by_body.items()]


def line_of(interest: Interest) -> Line:
    """One interest with everything that was said of it. One query."""
    *before, entry = interest.entries.all()
    return Line(interest, entry, before[::-1], entry.is_current(clock.today()))


def _asked_terms() -> Any:
    return seats_that_are_asked().select_related("person", "seat").order_by("person__name", "person_id")


def _by_person(interests: Any) -> dict[int, Declared]:
    """What stands in the register, by person; people with nothing that counts are left out. Two queries."""
    today = clock.today()
    found: dict[int, Declared] = {}
    for interest in interests.select_related("person").prefetch_related("entries"):
        line = line_of(interest)
        if line.is_current or line.entry.is_past(today):
            mine = found.setdefault(interest.person_id, Declared(interest.person))
            (mine.current if line.is_current else mine.past).append(line)
    for mine in found.values():
        mine.current.sort(key=_when)
        mine.past.sort(key=_when)
    return found


def _when(line: Line) -> tuple[dt.date, int]:
    return line.entry.from_on, line.entry.pk


def _last_asks(people: Iterable[int]) -> list[InterestAsk]:
    """The newest question to each person."""
    asks = InterestAsk.objects.filter(person__in=list(people)).order_by("number")
    return list({ask.person_id: ask for ask in asks}.values())


def _sides(sides: Iterable[Side]) -> str:
    listed = list(sides)
    return counted({side: listed.count(side) for side in Side})
