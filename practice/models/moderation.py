"""Reports, who looks at them, and what they did."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from core import clock
from core.models import PublicId, both_or_neither
from core.secrets import seal, unseal
from governance import standing
from practice.models.items import Item
from practice.models.replies import Reply
from practice.workflows import ReportState


class ModeratorQuerySet(models.QuerySet["Moderator"]):
    def now(self) -> ModeratorQuerySet:
        """Those who look at reports today."""
        today = clock.today()
        return self.filter(Q(until_on=None) | Q(until_on__gt=today), from_on__lte=today, person__is_active=True)


class Moderator(models.Model):
    """Someone named by the Steering Group's secretary to look at reports, from a day, until one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = ModeratorQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until_on=None), name="moderator_named_once"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="moderator_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"moderator {self.pk}"


def _same_words(depth: int = 1) -> Q:
    """Reports about the same item or reply as the report of the outer query, `depth` queries out."""
    item: Any = OuterRef("item_id")
    reply: Any = OuterRef("reply_id")
    for _ in range(depth - 1):
        item, reply = OuterRef(item), OuterRef(reply)
    return Q(item_id=item) | Q(reply_id=reply)


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(state=ReportState.OPEN)

    def about(self, words: Item | Reply) -> ReportQuerySet:
        return self.filter(item=words) if isinstance(words, Item) else self.filter(reply=words)

    def visible_to(self, user: Any) -> ReportQuerySet:
        """One's own reports: nobody learns who told us."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(by=user)

    def for_moderator(self, user: Any) -> ReportQuerySet:
        """Those that `user` may look at: as a moderator, or as secretary when no moderator can.

        Nobody looks at a report about their own words, nor at words that they reported themselves.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = Report.objects.filter(_same_words(), by=user)
        rows = self.annotate(_author=Coalesce("item__author_id", "reply__author_id")).exclude(_author=user.pk)
        rows = rows.filter(~Exists(mine))
        moderates = Exists(Moderator.objects.now().filter(person=user))
        if not standing.of(user).is_steering_secretary:
            return rows.filter(moderates)
        told_us = Report.objects.filter(_same_words(depth=2), by=OuterRef("person"))
        able = Moderator.objects.now().exclude(person=OuterRef("_author")).filter(~Exists(told_us))
        return rows.filter(Q(moderates) | ~Exists(able))


class Report(PublicId):
    """Somebody asks the moderators to look at an item or a reply. Who told us is never said to its author.

    `route_shown` says that the page named where a worry about someone's safety goes; the worry itself is not kept here.
    """

    class Reason(models.TextChoices):
        WORRIED = "worried", "I am worried about someone"
        PRIVATE = "private", "It has someone's private information"
        UNKIND = "unkind", "It is unkind"
        OTHER = "other", "Something else"

    State = ReportState

    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    reply = models.ForeignKey(Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=7, choices=Reason)
    said_sealed = models.TextField(blank=True)
    route_shown = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    reported_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "id"]
        indexes = [models.Index(fields=["state", "reported_at"], name="report_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, reply__isnull=True) | Q(item__isnull=True, reply__isnull=False),
                name="report_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["by", "item"], condition=Q(state="open", reply=None), name="one_open_report_of_an_item"
            ),
            models.UniqueConstraint(
                fields=["by", "reply"], condition=Q(state="open", item=None), name="one_open_report_of_a_reply"
            ),
            both_or_neither("looked_at", "looked_by", name="report_looked_at_by_someone"),
            models.CheckConstraint(
                condition=Q(state="open", looked_at__isnull=True) | Q(state="looked_at", looked_at__isnull=False),
                name="closed_report_was_looked_at",
            ),
            models.CheckConstraint(condition=~Q(reason="worried") | Q(route_shown=True), name="worry_is_shown_a_route"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def words(self) -> Item | Reply:
        """What it is about. One query, unless it was read along."""
        found = self.item or self.reply
        assert found is not None, "held by the constraint report_is_about_one_thing"
        return found

    @property
    def said(self) -> str:
        """What the person who reported wrote, unsealed."""
        return unseal(self.said_sealed) if self.said_sealed else ""


class Act(models.Model):
    """What a moderator did about a report, and why. Written once. Its words are sealed, and are not a care record.

    `reason` is read by the author for what is done to their words; `note` by moderators only.
    """

    class Kind(models.TextChoices):
        HIDE = "hide", "Hide it while we look at it"
        ASK_TO_CHANGE = "ask_to_change", "Ask the author to change it"
        RESTORE = "restore", "Show it again"
        REMOVE = "remove", "Remove it for good"
        NO_ACTION = "no_action", "Leave it as it is"
        ASK_SECOND = "ask_second", "Asked another moderator"
        GIVE_SECOND = "give_second", "Gave a second opinion"
        HANDED_BACK = "handed_back", "The author changed it"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=13, choices=Kind)
    reason_sealed = models.TextField(blank=True)
    note_sealed = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ask_second", "give_second", "handed_back"]) | ~Q(reason_sealed=""),
                name="act_gives_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"act {self.pk}"

    @property
    def reason(self) -> str:
        return unseal(self.reason_sealed) if self.reason_sealed else ""

    @property
    def note(self) -> str:
        return unseal(self.note_sealed) if self.note_sealed else ""


def sealed(words: str) -> str:
    """Private words as they are kept; nothing stays nothing."""
    return seal(words.strip()) if words.strip() else ""
