"""What the front page, one's own page and the secretary's page say of practice. Each costs one query at most."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from practice.models import Item, Moderator, Reply, Report
from practice.workflows import WordsState

#: Two are needed, for a second opinion. With none, reports go to the secretary.
FEWEST_MODERATORS = 2
#: A reply is news for so long. Nothing notes who has read what.
NEWS_FOR = dt.timedelta(days=14)


def items_with_news(person: Any) -> QuerySet[Item]:
    """The reader's own items that something became of: hidden, to be changed, or replied to in the last two weeks."""
    lately = Reply.objects.filter(item=OuterRef("pk"), state=WordsState.SHARED, sent_at__gt=clock.now() - NEWS_FOR)
    stopped = Q(state__in=[WordsState.HIDDEN, WordsState.CHANGING])
    found = Item.objects.by(person).filter(stopped | Q(Exists(lately), state=WordsState.SHARED))
    return found.order_by("-changed_at", "pk")


def waits_for_secretary() -> dict[str, QuerySet]:
    """For `core.counts.numbers_of`: reports that wait, and the moderators there are. Nothing of who reported what."""
    return {"reports": Report.objects.open(), "moderators": Moderator.objects.now()}
