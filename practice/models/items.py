"""What a peer shares of what they do. It is theirs: they choose who sees it, and can take it back."""

from __future__ import annotations

import calendar
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.models import PublicId
from governance import standing
from governance.models import Body, Side
from governance.shown import ShownAs, shown_name
from governance.standing import Standing
from network.models import Partnership
from practice.workflows import WordsState


class Kind(models.TextChoices):
    """The two kinds of peer practice that the project found."""

    INFORMAL = "informal", "Informal peer support"
    CO_FACILITATION = "co_facilitation", "Peer co-facilitation"


class Audience(models.TextChoices):
    NETWORK = "network", "The Network only"
    STEERING = "steering", "The Network and the Steering Group"
    GROUP = "group", "One group that you sit on"


class Principle(models.TextChoices):
    """The eight principles of peer support (ImROC)."""

    MUTUAL = "mutual", "Mutual"
    RECIPROCAL = "reciprocal", "Reciprocal"
    NON_DIRECTIVE = "non_directive", "Non-directive"
    RECOVERY = "recovery", "Recovery-focused"
    STRENGTHS = "strengths", "Strengths-based"
    INCLUSIVE = "inclusive", "Inclusive"
    PROGRESSIVE = "progressive", "Progressive"
    SAFE = "safe", "Safe"


class Note(models.TextChoices):
    """What somebody may want to know before they read."""

    SELF_HARM = "self_harm", "Self-harm"
    SUICIDE = "suicide", "Suicide"
    RESTRAINT = "restraint", "Restraint"
    ABUSE = "abuse", "Abuse"


#: The columns that hold the author's words. Once taken back or removed, all of them are empty.
WORDS_OF_ITEM = ("kind", "title", "what", "place", "with_whom", "helped")


def _audience_of(stands: Standing) -> Q:
    """Which audiences somebody who stands there belongs to."""
    found = Q(audience=Audience.GROUP, body_id__in=list(stands.seats))
    if stands.sits_on_kind(Body.Kind.NETWORK):
        found |= Q(audience__in=[Audience.NETWORK, Audience.STEERING])
    if stands.is_on_steering or stands.is_steering_secretary:
        found |= Q(audience=Audience.STEERING)
    return found


class ItemQuerySet(models.QuerySet["Item"]):
    def shared_with(self, user: Any) -> ItemQuerySet:
        """What is shared now with an audience that `user` belongs to: the register as they know it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(_audience_of(standing.of(user)), state=WordsState.SHARED)

    def by(self, user: Any) -> ItemQuerySet:
        """One's own, drafts too, but not what one took back: its words are gone."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(author=user).exclude(state=WordsState.WITHDRAWN)

    def let_see(self, user: Any) -> ItemQuerySet:
        """Drafts and items that a peer lets `user` see, while they are that peer's staff sponsor."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        live = Partnership.objects.live().filter(peer=OuterRef("author"), sponsor=user)
        return self.filter(Exists(live), sponsor=user, state__in=[WordsState.DRAFT, WordsState.SHARED])

    def visible_to(self, user: Any) -> ItemQuerySet:
        """What is shared with `user`, their own, and what a peer they stand by lets them see."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.shared_with(user) | self.by(user) | self.let_see(user)

    def with_steering(self) -> ItemQuerySet:
        return self.filter(state=WordsState.SHARED, audience=Audience.STEERING)


class Item(PublicId):
    """One thing that a peer does for others, in their own words.

    `sponsor` is the staff sponsor whom the peer lets see it, drafts too; nobody by default. `changed_at` is when the
    words last changed. `body` is the group it is shared with, if it is shared with one group only.
    """

    State = WordsState

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    kind = models.CharField(max_length=15, choices=Kind, blank=True)
    title = models.CharField(max_length=80, blank=True)
    what = models.TextField(max_length=3000, blank=True)
    place = models.CharField(max_length=120, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    since_month = models.PositiveSmallIntegerField(null=True, blank=True)
    since_year = models.PositiveSmallIntegerField(null=True, blank=True)
    helped = models.TextField(max_length=3000, blank=True)
    audience = models.CharField(max_length=8, choices=Audience, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shown_as = models.CharField(max_length=6, choices=ShownAs, default=ShownAs.MEMBER)
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "id"]
        indexes = [
            models.Index(fields=["state", "-shared_at"], name="item_in_order"),
            models.Index(fields=["author", "-changed_at"], name="item_of_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "removed"])
                | (~Q(kind="") & ~Q(title="") & ~Q(what="") & ~Q(audience="") & Q(shared_at__isnull=False)),
                name="shared_item_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "removed"])
                | Q(
                    **dict.fromkeys(WORDS_OF_ITEM, ""),
                    since_month__isnull=True,
                    since_year__isnull=True,
                    sponsor__isnull=True,
                ),
                name="erased_item_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(audience="group", body__isnull=False) | (~Q(audience="group") & Q(body__isnull=True)),
                name="item_for_a_group_names_it",
            ),
            models.CheckConstraint(
                condition=Q(since_month__isnull=True) | Q(since_month__range=(1, 12), since_year__isnull=False),
                name="item_month_has_a_year",
            ),
            models.CheckConstraint(condition=~Q(author=models.F("sponsor")), name="item_sponsor_is_someone_else"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def since(self) -> str:
        """ "March 2025", "2025", or "" when nobody knows."""
        if self.since_year is None:
            return ""
        return (
            f"{calendar.month_name[self.since_month]} {self.since_year}" if self.since_month else f"{self.since_year}"
        )

    @property
    def shown_name(self) -> str:
        """Who wrote it, as they chose to be shown. The author must be at hand."""
        return shown_name(self.shown_as, Side.PEER, self.author.name)

    @property
    def is_shared(self) -> bool:
        return self.state == WordsState.SHARED

    @property
    def is_with_steering(self) -> bool:
        return self.is_shared and self.audience == Audience.STEERING


class Tag(models.Model):
    """A principle of peer support that an item shows."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="tags")
    principle = models.CharField(max_length=13, choices=Principle)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "principle"], name="one_tag_per_principle")]

    def __str__(self) -> str:
        return f"tag {self.pk}"


class ContentNote(models.Model):
    """What an item speaks of, said before its words are read."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="notes")
    note = models.CharField(max_length=9, choices=Note)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "note"], name="one_content_note_of_a_kind")]

    def __str__(self) -> str:
        return f"content note {self.pk}"


class Witness(models.Model):
    """The author's staff sponsor says "I saw this", with a line if they like. It stands for the words they saw."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="witness")
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"witness {self.pk}"
