"""What those who run bodies should see without asking: empty seats, words to answer, dates that fall due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from core import clock
from core.said import how_long
from governance import standing
from governance.models import Body, CharterDraft, Office, Seat, Term
from governance.workflows import ENDED, CharterState

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Vacancy:
    """One empty seat of a body that the reader runs."""

    body: Body
    words: str
    empty_since: dt.date

    @property
    def empty_for(self) -> str:
        days = clock.today() - self.empty_since
        return how_long(days) if days else "since today"


def vacancies_for(person: Any) -> list[Vacancy]:
    """Empty seats of the groups `person` is secretary of (of all, for the Steering Group's), longest empty first.

    The Network is left out: it has room for whoever comes. One query, and the reader's standing.
    """
    today = clock.today()
    past = Q(terms__ends_on__lte=today, terms__ends_on__gt=F("terms__starts_on"))
    empty = (
        Seat.objects.open_on(today)
        .filter(body__in=_run_by(person).exclude(kind=Body.Kind.NETWORK))
        .exclude(Exists(Term.objects.on(today).filter(seat=OuterRef("pk"))))
        .select_related("body")
        .annotate(since=Coalesce(Max("terms__ends_on", filter=past), "opened_on"))
        .order_by("since", "pk")
    )
    return [Vacancy(seat.body, seat.words, seat.since) for seat in empty]  # type: ignore[attr-defined]


def charters_to_answer(person: Any) -> list[CharterDraft]:
    """Terms of reference that wait for `person`, oldest first, each with `charter.body`. One query, and the standing.

    For the Steering Group's own, which the governance lead answers, see `steering_charter_to_answer`.
    """
    answering = (Office.Kind.CO_LEAD, Office.Kind.SECRETARY, Office.Kind.DEPUTY)
    above = [body for body, _, kind, _ in standing.of(person).offices if kind in answering]
    waiting = _waiting().filter(charter__body__reports_to__in=above)
    return list(waiting.exclude(proposed_by=person)) if above else []


def steering_charter_to_answer() -> CharterDraft | None:
    """The Steering Group's own terms of reference, when they wait for the governance lead. One query."""
    return _waiting().filter(charter__body__kind=Body.Kind.STEERING).first()


def reviews_due(person: Any) -> list[Body]:
    """Bodies that `person` runs whose review falls due within 30 days or has, the oldest first. One query."""
    due = _run_by(person).filter(review_on__lte=clock.today() + SOON)
    return list(due.order_by("review_on", "name"))


def _run_by(person: Any) -> Any:
    stands = standing.of(person)
    bodies = Body.objects.visible_to(person).exclude(state__in=ENDED)
    if stands.is_steering_secretary:
        return bodies
    return bodies.filter(pk__in=[body for body in stands.run_body_ids if stands.is_secretary_of(body)])


def _waiting() -> Any:
    waiting = CharterDraft.objects.filter(state=CharterState.PROPOSED).exclude(charter__body__state__in=ENDED)
    return waiting.select_related("charter__body").order_by("proposed_at")
