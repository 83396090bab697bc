"""What the front page, one's own page and the secretary's page say of practice. Each costs one query at most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from core import clock
from core.counts import count_of
from governance.models import Body
from practice.models import Item, Moderator, Reply, Report
from practice.workflows import WordsState

#: A reply is news for so long. Nothing notes who has read what.
NEWS_FOR = dt.timedelta(days=14)


@dataclass(frozen=True)
class Need:
    """One thing that needs the reader: what to do, where, and what else they should know."""

    title: str
    path: str
    words: str = ""


def needs_of_moderator(person: Any) -> list[Need]:
    """A card when reports wait for `person`; none for everybody else."""
    waiting = Report.objects.for_moderator(person).open().count()
    if not waiting:
        return []
    says = "1 report waits." if waiting == 1 else f"{waiting:,} reports wait."
    return [Need("Look at what was reported", reverse("practice:reports"), says)]


def needs_of_sharer(person: Any) -> list[Need]:
    """What became of the reader's own items: hidden, to be changed, or replied to in the last two weeks."""
    lately = Reply.objects.filter(item=OuterRef("pk"), state=WordsState.SHARED, sent_at__gt=clock.now() - NEWS_FOR)
    mine = Item.objects.by(person).annotate(news=count_of(lately, per="item"))
    found = mine.filter(Q(state__in=[WordsState.HIDDEN, WordsState.CHANGING]) | Q(state=WordsState.SHARED, news__gt=0))
    return [_need(item) for item in found.order_by("-changed_at", "pk")[:10]]


def _need(item: Item) -> Need:
    path = reverse("practice:item", args=[item.pk])
    if item.state == WordsState.CHANGING:
        return Need(f"Please change {item.title}", path, "The moderators ask you to, and say why.")
    if item.state == WordsState.HIDDEN:
        return Need(f"{item.title} is hidden for now", path, "You can read why.")
    return Need(f"Somebody replied to {item.title}", path)


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
