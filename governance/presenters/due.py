"""What those who run bodies should see without asking: words to answer, and dates that fall due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core import clock
from governance import standing
from governance.models import Body, CharterDraft, Office
from governance.workflows import ENDED, CharterState

SOON = dt.timedelta(days=30)


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
