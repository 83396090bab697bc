"""What the front page, one's own page and the secretary's page say of practice. Each costs one query at most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core import clock
from governance.models import Body
from practice.models import Item, Moderator, Reply, Report
from practice.workflows import WordsState

#: A reply is news for so long. Nothing notes who has read what.
NEWS_FOR = dt.timedelta(days=14)


def items_with_news(person: Any) -> QuerySet[Item]:
    """The reader's own items that something became of: hidden, to be changed, or replied to in the last two weeks."""
    lately = Reply.objects.filter(item=OuterRef("pk"), state=WordsState.SHARED, sent_at__gt=clock.now() - NEWS_FOR)
    stopped = Q(state__in=[WordsState.HIDDEN, WordsState.CHANGING])
    found = Item.objects.by(person).filter(stopped | Q(Exists(lately), state=WordsState.SHARED))
    return found.order_by("-changed_at", "pk")


@dataclass(frozen=True)
class SecretarysCounts:
    """What the secretary's page says: nothing of who shared or reported what."""

    with_steering: int
    reports_waiting: int
    moderators: int

    @property
    def are_few(self) -> bool:
        """Two are needed, for a second opinion. With none, reports go to the secretary."""
        return self.moderators < 2


def secretarys_counts() -> SecretarysCounts:
    """For a reader who is known to be the Steering Group's secretary. One query."""
    row = (
        Body.objects.filter(kind=Body.Kind.STEERING)
        .annotate(
            with_steering=_how_many(Item.objects.with_steering()),
            reports_waiting=_how_many(Report.objects.open()),
            moderators=_how_many(Moderator.objects.now()),
        )
        .values("with_steering", "reports_waiting", "moderators")
        .first()
    )
    return SecretarysCounts(**(row or {"with_steering": 0, "reports_waiting": 0, "moderators": 0}))


def _how_many(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_count=Count("pk")).values("_count")
    return Coalesce(Subquery(counted), 0)
