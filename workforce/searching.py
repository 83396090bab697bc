"""Find something in all of HR's room: posts, people and vacancies, by what one calls them.

None of the fields that are looked in is about health, a DBS check or support.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from core import clock
from workforce.models import Occupancy, Position, Vacancy, Worker

POST_FIELDS = ("number", "title", "team", "borough", "directorate")
WORKER_FIELDS = ("last_name", "first_name", "employee_number")
HELD_FIELDS = ("assignment_number", "position__number", "position__title", "position__team", "position__borough")
VACANCY_FIELDS = ("reference", "position__number", "position__title", "position__team", "position__borough")


@dataclass(frozen=True)
class Group:
    """One kind of what is found. `says` names what was looked in; `find` gives the rows where every word stands."""

    key: str
    heading: str
    one: str
    says: str
    model: type[Any]
    find: Callable[[list[str]], QuerySet[Any]]


def posts(words: Iterable[str]) -> QuerySet[Position]:
    return Position.objects.with_holders().filter(*(_in_any(POST_FIELDS, word) for word in words))


def people(words: Iterable[str]) -> QuerySet[Worker]:
    """Workers, each once, by themselves or by a post that they hold or held. What they hold today comes with them."""
    today = Occupancy.objects.on(clock.today()).select_related("position")
    found = Worker.objects.filter(*(_in_any(WORKER_FIELDS, word) | _holds(word) for word in words))
    return found.prefetch_related(Prefetch("occupancies", queryset=today, to_attr="held_today"))


def vacancies(words: Iterable[str]) -> QuerySet[Vacancy]:
    return Vacancy.objects.select_related("position").filter(*(_in_any(VACANCY_FIELDS, word) for word in words))


GROUPS = (
    Group("posts", "Posts", "post", "number, title, team, borough and directorate", Position, posts),
    Group(
        "people",
        "People",
        "person",
        "name, employee and assignment number, and the post, team and borough",
        Worker,
        people,
    ),
    Group(
        "vacancies",
        "Vacancies",
        "vacancy",
        "reference in the recruitment system, and the post, team and borough",
        Vacancy,
        vacancies,
    ),
)


def _in_any(fields: Iterable[str], word: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found


def _holds(word: str) -> Q:
    return Q(Exists(Occupancy.objects.filter(_in_any(HELD_FIELDS, word), worker=OuterRef("pk"))))
