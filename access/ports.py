"""Whom a person may choose by name, beside the groups they sit on. Rooms above know, and register the answer here."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import Person


class Companions(Protocol):
    """People who stand by somebody, such as their staff sponsors."""

    def of(self, person: Person) -> QuerySet[Person]:
        """Those whom `person` may choose today."""
        ...

    def stands_by(self, *, person: OuterRef | F, reader: OuterRef | F) -> Exists:
        """Whether `reader` stands by `person` today and both still log in, as a condition on rows that have both."""
        ...


_companions: list[Companions] = []


def register_companions(companions: Companions) -> None:
    """Called once, at start-up, by each room that knows of people who stand by others."""
    if companions not in _companions:
        _companions.append(companions)


def companions_of(person: Person) -> list[Person]:
    """Everybody whom `person` may choose today, each once, by name. One query for each room that knows of some."""
    found = {each.pk: each for companions in _companions for each in companions.of(person)}
    return sorted(found.values(), key=lambda each: (each.name, each.pk))


def stands_by(*, person: str, reader: str) -> Q:
    """Whether the one stands by the other today. The names are those of fields of the row that is asked."""
    found = Q(pk__in=[])
    for companions in _companions:
        found |= Q(companions.stands_by(person=OuterRef(person), reader=OuterRef(reader)))
    return found
