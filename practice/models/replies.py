"""What a member of the Steering Group says back to whoever shared."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicId
from governance import standing
from governance.models import Side
from governance.shown import ShownAs, shown_name
from practice.models.items import Audience, Item
from practice.workflows import WordsState


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, user: Any) -> ReplyQuerySet:
        """Replies to what one shared; to the Steering Group, its own; and one's own, until one takes it back."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        reads = Q(item__author=user)
        stands = standing.of(user)
        if stands.is_on_steering or stands.is_steering_secretary:
            reads |= Q(item__audience=Audience.STEERING)
        shown = Q(state=WordsState.SHARED, item__state=WordsState.SHARED)
        return self.filter((reads & shown) | (Q(author=user) & ~Q(state=WordsState.WITHDRAWN)))


class Reply(PublicId):
    """One reply to an item that was shared with the Steering Group. `side` is the side its author sat for."""

    State = WordsState

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side)
    shown_as = models.CharField(max_length=6, choices=ShownAs, default=ShownAs.MEMBER)
    words = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.SHARED)
    sent_at = models.DateTimeField()
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="draft"), name="reply_is_sent"),
            models.CheckConstraint(
                condition=Q(state__in=["withdrawn", "removed"], words="")
                | (~Q(state__in=["withdrawn", "removed"]) & ~Q(words="")),
                name="reply_has_words_until_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def shown_name(self) -> str:
        """Who wrote it, as they chose to be shown. The author must be at hand."""
        return shown_name(self.shown_as, self.side, self.author.name)

    @property
    def is_shared(self) -> bool:
        return self.state == WordsState.SHARED
