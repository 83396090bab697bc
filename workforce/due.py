"""What is due in HR's records: six kinds, each with the day by which it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from core.said import local
from workforce import overdue
from workforce.models import Occupancy, Position, Reminded, Vacancy

Kind = Reminded.Kind


@dataclass(frozen=True)
class Due:
    """`rows` gives what is due now, the longest due first, and `day` the day by which each was or is due."""

    kind: Kind
    rows: Callable[[], QuerySet[Any]]
    day: Callable[[Any], dt.date]


def _in_post(narrow: Callable[[QuerySet[Occupancy]], QuerySet[Occupancy]], day: str) -> Callable[[], QuerySet[Any]]:
    return lambda: narrow(Occupancy.objects.select_related("position", "worker")).order_by(day, "pk")


def _slow() -> QuerySet[Vacancy]:
    return overdue.checks_too_slow(Vacancy.objects.select_related("position")).order_by("checks_at", "pk")


def _unsupervised() -> QuerySet[Any]:
    """Each with `waits_since`: the day on which nobody was named any more, or a later first day in post."""
    history: Any = Occupancy.history  # type: ignore[attr-defined] # made by the history library
    states = history.filter(id=OuterRef("pk"))
    named = states.exclude(peer_supervisor="").order_by("-history_id")
    without = states.filter(history_id__gt=OuterRef("last_named")).order_by("history_id")
    rows = overdue.without_peer_supervisor(Occupancy.objects.select_related("position", "worker"))
    rows = rows.annotate(last_named=Subquery(named.values("history_id")[:1]))
    since = TruncDate(Subquery(without.values("history_date")[:1]))
    return rows.annotate(waits_since=Greatest(Coalesce(since, "starts_on"), "starts_on")).order_by("waits_since", "pk")


def _checks_due(row: Vacancy) -> dt.date:
    if row.checks_at is None:
        raise ValueError("The checks of this vacancy have not begun.")
    return local(row.checks_at).date() + dt.timedelta(days=overdue.CHECK_DAYS)


ALL = (
    Due(Kind.PROBATION, _in_post(overdue.probation_ends_soon, "probation_ends_on"), lambda row: row.probation_ends_on),
    Due(Kind.REVIEW, _in_post(overdue.review_due, "review_on"), lambda row: row.review_on),
    Due(
        Kind.ROLE_REVIEW,
        lambda: overdue.role_review_due(Position.objects.all()).order_by("review_on", "pk"),
        lambda row: row.review_on,
    ),
    Due(Kind.ENDING, _in_post(overdue.fixed_term_ends_soon, "expected_end_on"), lambda row: row.expected_end_on),
    Due(Kind.CHECKS, _slow, _checks_due),
    Due(Kind.UNSUPERVISED, _unsupervised, lambda row: row.waits_since),
)


def found(kinds: Container[str] | None = None) -> Iterator[tuple[Kind, int, dt.date]]:
    """Kind, number and day of everything that is due now, or of these kinds alone. One query for each kind."""
    for due in (each for each in ALL if kinds is None or each.kind in kinds):
        for row in due.rows():
            yield due.kind, row.pk, due.day(row)
