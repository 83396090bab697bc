"""From the Steering Group's view of a draft to a published policy."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.models import both_or_neither
from documents.models import Version
from governance.models import Side
from meetings.models import AgendaItem
from steering.models.policies import Policy


class MemberView(models.Model):
    """What one Steering Group member thinks of the version under review, left before the meeting."""

    class Position(models.TextChoices):
        SUPPORT = "support", "I support it"
        CHANGES = "changes", "I support it with changes"
        AGAINST = "against", "I do not support it"
        UNSURE = "unsure", "I am not sure"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="views")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side)
    position = models.CharField(max_length=8, choices=Position)
    words = models.TextField(max_length=3000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="one_view_each")]

    def __str__(self) -> str:
        return f"view {self.pk}"


class Recommendation(models.Model):
    """What the Steering Group decided at a meeting, with reasons and how each side stood.

    `conditions_met` says, when there were conditions, how they were met; nothing is published before that. `peers_out`
    and `staff_out` count those who were at the meeting and took no part, because the matter concerned them.
    """

    class Outcome(models.TextChoices):
        RECOMMENDED = "recommended", "Recommended"
        CONDITIONS = "conditions", "Recommended with conditions"
        RETURNED = "returned", "Returned to the group"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="recommendations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=11, choices=Outcome)
    reasons = models.TextField(max_length=3000)
    conditions = models.TextField(max_length=3000, blank=True)
    conditions_met = models.TextField(max_length=3000, blank=True)
    conditions_met_at = models.DateTimeField(null=True)
    conditions_met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    peers_for = models.PositiveSmallIntegerField()
    peers_against = models.PositiveSmallIntegerField()
    peers_neither = models.PositiveSmallIntegerField()
    staff_for = models.PositiveSmallIntegerField()
    staff_against = models.PositiveSmallIntegerField()
    staff_neither = models.PositiveSmallIntegerField()
    peers_out = models.PositiveSmallIntegerField("peers who were there and took no part", default=0)
    staff_out = models.PositiveSmallIntegerField("staff who were there and took no part", default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["version"], name="one_recommendation_per_version"),
            models.CheckConstraint(condition=~Q(reasons=""), name="recommendation_gives_reasons"),
            models.CheckConstraint(
                condition=Q(outcome="conditions") & ~Q(conditions="") | ~Q(outcome="conditions") & Q(conditions=""),
                name="conditions_only_when_conditional",
            ),
            both_or_neither("conditions_met_at", "conditions_met_by", name="conditions_met_by_someone"),
            models.CheckConstraint(
                condition=Q(conditions_met_at=None, conditions_met="")
                | (Q(conditions_met_at__isnull=False, outcome="conditions") & ~Q(conditions_met="")),
                name="conditions_met_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.pk}"


class EqualityRecord(models.Model):
    """Equality analysis: a screening before consultation, and a sign-off of one version before publication."""

    class Stage(models.TextChoices):
        SCREENING = "screening", "Screening, before comments"
        SIGN_OFF = "sign_off", "Sign-off, before publication"

    class Impact(models.TextChoices):
        NONE = "none", "No negative effect found"
        POSITIVE = "positive", "A positive effect"
        JUSTIFIED = "justified", "A negative effect that can be justified"
        NOT_JUSTIFIED = "not_justified", "A negative effect that cannot be justified"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="equality_records")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=9, choices=Stage)
    impact = models.CharField(max_length=13, choices=Impact)
    words = models.TextField(max_length=3000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="equality_gives_words"),
        ]

    def __str__(self) -> str:
        return f"equality record {self.pk}"


class Ratification(models.Model):
    """The outside committee's decision, recorded here: it made this version Trust policy."""

    policy = models.OneToOneField(Policy, on_delete=models.PROTECT, related_name="ratification")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="+")
    committee = models.CharField(max_length=120)
    decided_on = models.DateField()
    minute_reference = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ratification {self.pk}"


class Publication(models.Model):
    """A policy at its stable address, with the dates of its control block. Its version carries the ratified hash."""

    policy = models.OneToOneField(Policy, on_delete=models.PROTECT, related_name="publication")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    reference = models.CharField(max_length=30, unique=True)
    executive_lead = models.CharField(max_length=100)
    audience = models.CharField(max_length=200)
    supersedes = models.CharField("what it replaces", max_length=200, blank=True)
    effective_from = models.DateField()
    review_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gt=F("effective_from")), name="policy_reviewed_later")
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its stable address, open to everyone."""
        return reverse("steering:published", args=[self.slug])
