"""Asking people what they think of a draft."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models import PublicId
from documents.models import Version
from governance.models import Body, Side
from steering.models.policies import Policy


class Ready(models.Model):
    """A co-lead of one side says that a version is ready to go out. Both sides must, before it can."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="readies")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "readies"
        constraints = [models.UniqueConstraint(fields=["version", "side"], name="ready_once_per_side")]

    def __str__(self) -> str:
        return f"ready {self.pk}"


def last_day_of(closes_at: dt.datetime) -> dt.date:
    """The day that ends at an instant, or holds it, in the Trust's own time zone."""
    return timezone.localtime(closes_at - dt.timedelta(microseconds=1)).date()


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: Any) -> ConsultationQuerySet:
        """Consultations of the policies `user` takes part in."""
        return self.filter(policy__in=Policy.objects.taking_part(user))


class Consultation(PublicId):
    """A window, from an instant to an instant, in which the people asked may comment on a policy's draft.

    `version` is the one frozen when it opened; later drafts may come out while it is open. Whether it is open now is
    computed from the two instants.
    """

    class Rung(models.TextChoices):
        """How much say is offered, told honestly (ladder of co-production)."""

        COMMENT = "comment", "We are asking for your comments. The group will answer each one."
        TOGETHER = "together", "We are writing this together. You can help to choose the words."

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="consultations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("what we want to know", max_length=300)
    summary = models.TextField("what it says, in short")
    rung = models.CharField(max_length=8, choices=Rung, default=Rung.COMMENT)
    bodies = models.ManyToManyField(Body, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    contact_name = models.CharField("person to call", max_length=100)
    contact_phone = models.CharField("their number", max_length=30)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="consultation_closes_later")
        ]

    def __str__(self) -> str:
        return f"consultation {self.pk}"

    def is_open(self, now: dt.datetime) -> bool:
        """Whether comments may be sent at the instant `now`."""
        return self.opens_at <= now < self.closes_at

    def has_closed(self, now: dt.datetime) -> bool:
        return now >= self.closes_at

    @property
    def last_day(self) -> dt.date:
        """The last day on which a comment may be sent."""
        return last_day_of(self.closes_at)


class Asked(models.Model):
    """Someone who was asked, and for which side they sat that day. Frozen when the consultation opened."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side)

    class Meta:
        verbose_name_plural = "asked"
        constraints = [models.UniqueConstraint(fields=["consultation", "person"], name="asked_once")]

    def __str__(self) -> str:
        return f"asked {self.pk}"
