"""What waits for those who answer for a body below theirs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from governance import standing
from governance.models import Body, CharterDraft, Office
from governance.rules import is_governance_lead
from governance.workflows import ENDED, CharterState

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
