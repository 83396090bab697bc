"""Who sits on a body and what ends soon there, for what is handed over. Two queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core import clock
from core.said import nhs_date
from governance.balance import SEAT_FOR
from governance.models import Body, Constituency, Office, Seat

#: Notice is given so long before a seat ends.
SOON = dt.timedelta(days=90)


@dataclass(frozen=True)
class Held:
    """A time that someone sits, or sat, or will sit in a seat."""

    person_id: int
    name: str
    is_active: bool
    starts_on: dt.date
    ends_on: dt.date

    def runs_on(self, day: dt.date) -> bool:
        return self.is_active and self.starts_on <= day < self.ends_on

    @property
    def last_day(self) -> dt.date:
        return self.ends_on - dt.timedelta(days=1)


@dataclass
class Chair:
    """A seat that stands today, and who has held it, the first first."""

    constituency: Constituency
    opened_on: dt.date
    held: list[Held] = field(default_factory=list)

    def now(self, day: dt.date) -> Held | None:
        return next((each for each in self.held if each.runs_on(day)), None)

    def empty_since(self, day: dt.date) -> dt.date:
        """The day from which nobody has sat here."""
        return max([self.opened_on, *(each.ends_on for each in self.held if each.ends_on <= day)])


class People:
    """`named`: the reader may know who sits there. `runs`: they answer for the body, and may know when each ends."""

    def __init__(self, body: Body, person: Any, *, named: bool, runs: bool) -> None:
        self.body, self.person, self.named, self.runs = body, person, named, runs
        self.today = clock.today()

    @property
    def nobody_named(self) -> str:
        """Said where no name is shown."""
        if self.body.kind == Body.Kind.NETWORK:
            return "There is no list of names, because who belongs here is private."
        return "Nobody sits here now." if self.named else "You can see who is who once you sit here."

    @cached_property
    def _chairs(self) -> list[Chair]:
        rows = Seat.objects.open_on(self.today).filter(body=self.body).order_by("constituency", "pk")
        who = ("person_id", "person__name", "person__is_active", "starts_on", "ends_on")
        found: dict[int, Chair] = {}
        for pk, constituency, opened_on, *held in rows.order_by("constituency", "pk", "terms__starts_on").values_list(
            "pk", "constituency", "opened_on", *(f"terms__{name}" for name in who)
        ):
            chair = found.setdefault(pk, Chair(Constituency(constituency), opened_on))
            if held[0] is not None:
                chair.held.append(Held(*held))
        return list(found.values())

    @cached_property
    def _offices(self) -> list[Office]:
        running = Office.objects.filter(body=self.body, until_on=None, from_on__lte=self.today, person__is_active=True)
        return list(running.select_related("person").order_by("kind", "side", "pk"))

    def who_is_who(self) -> Iterator[str]:
        """A name, a side and a part on each line; nothing for who may not know."""
        if not self.named:
            return
        sitting = [(chair, held) for chair in self._chairs if (held := chair.now(self.today))]
        sides = {held.person_id: chair.constituency.side for chair, held in sitting}
        offices = [each for each in self._offices if _still_stands(each, sides)]
        for chair, held in sorted(sitting, key=lambda each: (each[1].name, each[1].person_id)):
            parts = [office.get_kind_display().lower() for office in offices if office.person_id == held.person_id]
            yield ", ".join([held.name, chair.constituency.label, *parts])
        for office in offices:
            if office.person_id not in sides:
                yield f"{office.person.name}, {office.get_kind_display().lower()}"

    def empty_seats(self) -> Iterator[str]:
        """Counts, as on the group's page; for who runs the body each seat with the day it fell empty."""
        empty = [chair for chair in self._chairs if chair.now(self.today) is None]
        if self.runs:
            for chair in empty:
                one, _ = SEAT_FOR[chair.constituency]
                yield f"A {one}, empty since {nhs_date(chair.empty_since(self.today))}"
            return
        for constituency, count in Counter(chair.constituency for chair in empty).items():
            one, many = SEAT_FOR[constituency]
            yield f"{count} {one if count == 1 else many}"

    def ending(self) -> Iterator[str]:
        """The reader's own seat; for who runs the body, each that ends in the next 90 days and nobody follows in."""
        for chair in self._chairs:
            held = chair.now(self.today)
            if held is None:
                continue
            if held.person_id == self.person.pk:
                yield f"Your own seat ends on {nhs_date(held.last_day)}"
            elif self.runs and self.named and held.ends_on <= self.today + SOON:
                yield f"The seat of {held.name} ends on {nhs_date(held.last_day)}"


def _still_stands(office: Office, sides: dict[int, Any]) -> bool:
    """A co-lead speaks from a seat of their side."""
    return office.kind != Office.Kind.CO_LEAD or sides.get(office.person_id) == office.side
