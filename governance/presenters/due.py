"""What those who run bodies should see without asking: words to answer, and dates that fall due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from governance import standing
from governance.models import Body, CharterDraft, Office
from governance.rules import is_governance_lead
from governance.workflows import ENDED, CharterState

SOON = dt.timedelta(days=30)
#: Offices of the body above that answer for it.
ANSWERING = (Office.Kind.CO_LEAD, Office.Kind.SECRETARY, Office.Kind.DEPUTY)


def charters_waiting_for(person: Any) -> QuerySet[CharterDraft]:
    """Terms of reference that wait for `person`, oldest first: of bodies below theirs, and for the governance lead
    those of the Steering Group. Their own proposals wait for somebody else."""
    above = [body for body, _, kind, _ in standing.of(person).offices if kind in ANSWERING]
    theirs = Q(charter__body__reports_to__in=above)
    if is_governance_lead.test(person):
        theirs |= Q(charter__body__kind=Body.Kind.STEERING)
    waiting = CharterDraft.objects.filter(theirs, state=CharterState.PROPOSED).exclude(charter__body__state__in=ENDED)
    return waiting.exclude(proposed_by=person).order_by("proposed_at")


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
