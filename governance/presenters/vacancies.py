"""Seats that need someone: those that are empty, those whose time ends soon, and those on a break."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from core import clock
from governance import standing
from governance.models import Body, Break, Deputy, Seat, Stage, Term
from governance.presenters.seat_words import seat_words

NOT_ANSWERED = "No answer yet"


@dataclass(frozen=True)
class Empty:
    """Seats of one kind that have been empty since the same day. `filled_from` is when the next person begins.

    `words` says how many: "1 seat for a peer".
    """

    words: str
    since: dt.date
    days: int
    filled_from: dt.date | None


@dataclass(frozen=True)
class Ending:
    """A term that ends within 90 days, and what the member says about staying."""

    name: str
    words: str
    last_day: dt.date
    days: int
    answer: str
    is_on_break: bool


@dataclass(frozen=True)
class Away:
    """A seat on a break. Nobody can read why: it is not kept anywhere."""

    name: str
    words: str
    deputy: str


@dataclass(frozen=True)
class BodyVacancies:
    body: Body
    empty: list[Empty]
    ending: list[Ending]
    away: list[Away]
    may_set_deputies: bool


def bodies_run_by(person: Any) -> QuerySet[Body]:
    """The bodies whose seats `person` looks after: all, for the Steering Group's secretary."""
    stands = standing.of(person)
    bodies = Body.objects.visible_to(person).alive()
    mine = bodies if stands.is_steering_secretary else bodies.filter(pk__in=stands.run_body_ids)
    return mine.order_by("-kind", "name")


def vacancies(person: Any) -> list[BodyVacancies]:
    """Each body that `person` runs, with what its seats need. Five queries, however many."""
    stands = standing.of(person)
    bodies = list(bodies_run_by(person))
    ids = [body.pk for body in bodies]
    empty, ending, away = _empty(ids), _ending(ids), _away(ids)
    return [
        BodyVacancies(
            body=body,
            empty=empty[body.pk],
            ending=ending[body.pk],
            away=away[body.pk],
            may_set_deputies=stands.is_steering_secretary or stands.is_secretary_of(body.pk),
        )
        for body in bodies
    ]


def terms_ending_soon(body_ids: Iterable[UUID]) -> QuerySet[Term]:
    """Terms of those bodies that run today and end within 90 days."""
    return Term.objects.on(clock.today()).filter(body_id__in=body_ids, ends_on__lte=_soon())


def _soon() -> dt.date:
    return clock.today() + dt.timedelta(days=int(Stage.NINETY))


def _empty(body_ids: Iterable[UUID]) -> dict[UUID, list[Empty]]:
    today = clock.today()
    sat = Q(terms__ends_on__gt=F("terms__starts_on"))
    seats = (
        Seat.objects.open_on(today)
        .filter(body_id__in=body_ids)
        .exclude(Exists(Term.objects.on(today).filter(seat=OuterRef("pk"))))
        .annotate(
            left_on=Max("terms__ends_on", filter=sat & Q(terms__ends_on__lte=today)),
            next_on=Min("terms__starts_on", filter=sat & Q(terms__starts_on__gt=today)),
        )
    )
    alike: dict[tuple, list[Seat]] = defaultdict(list)
    for seat in seats:
        since = max(seat.opened_on, seat.left_on or seat.opened_on)
        alike[seat.body_id, seat.constituency, seat.function, since, seat.next_on].append(seat)
    found: dict[UUID, list[Empty]] = defaultdict(list)
    for (body_id, _, _, since, next_on), those in alike.items():
        words = f"{len(those)} {seat_words(those[0], len(those))}"
        found[body_id].append(Empty(words, since, (today - since).days, next_on))
    return found


def _ending(body_ids: Iterable[UUID]) -> dict[UUID, list[Ending]]:
    today = clock.today()
    terms = (
        terms_ending_soon(body_ids)
        .annotate(is_on_break=Exists(Break.objects.now().filter(term=OuterRef("pk"))))
        .select_related("person", "seat", "stay_answer")
        .order_by("ends_on", "person__name")
    )
    found: dict[UUID, list[Ending]] = defaultdict(list)
    for term in terms:
        said = getattr(term, "stay_answer", None)
        found[term.body_id].append(
            Ending(
                name=term.person.name,
                words=seat_words(term.seat),
                last_day=term.last_day,
                days=(term.last_day - today).days,
                answer=said.get_answer_display() if said else NOT_ANSWERED,
                is_on_break=term.is_on_break,
            )
        )
    return found


def _away(body_ids: Iterable[UUID]) -> dict[UUID, list[Away]]:
    today = clock.today()
    terms = Term.objects.on(today).filter(body_id__in=body_ids, breaks__in=Break.objects.now())
    willing = Deputy.objects.willing().filter(body_id__in=body_ids, person__is_active=True).select_related("person")
    deputies = {deputy.term_id: deputy.person.name for deputy in willing if deputy.person}
    found: dict[UUID, list[Away]] = defaultdict(list)
    for term in terms.select_related("person", "seat").order_by("person__name"):
        found[term.body_id].append(Away(term.person.name, seat_words(term.seat), deputies.get(term.pk, "")))
    return found
