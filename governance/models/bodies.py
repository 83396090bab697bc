"""Bodies: tables that people sit round, and the two sides that meet there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from core.models import PublicId


class Side(models.TextChoices):
    PEER = "peer", "Peer"
    STAFF = "staff", "Staff"


class Constituency(models.TextChoices):
    PEER = "peer", "Peer"
    SPONSOR = "sponsor", "Staff sponsor"
    CORPORATE = "corporate", "Corporate Services"

    @property
    def side(self) -> Side:
        return Side.PEER if self is Constituency.PEER else Side.STAFF


class Function(models.TextChoices):
    """What a Corporate Services seat is for."""

    HR = "hr", "Human Resources"
    COMMUNICATIONS = "communications", "Communications"
    EQUALITY = "equality", "Equality and Human Rights"
    OTHER = "other", "Other"


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, user: Any) -> BodyQuerySet:
        """Bodies `user` may know of: all, once logged in. Who sits on them is another matter."""
        return self if user.is_authenticated and user.is_active else self.none()

    def task_groups(self) -> BodyQuerySet:
        return self.filter(kind=Body.Kind.TASK_GROUP)

    def alive(self) -> BodyQuerySet:
        return self.exclude(state=Body.State.CLOSED)


class Body(PublicId):
    """A table that people sit round."""

    class Kind(models.TextChoices):
        NETWORK = "network", "Network"
        TASK_GROUP = "task_group", "Task Group"
        STEERING = "steering", "Steering Group"

    class State(models.TextChoices):
        FORMING = "forming", "Forming"
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.FORMING)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quorum_total = models.PositiveSmallIntegerField(default=0)
    quorum_peer = models.PositiveSmallIntegerField(default=0)
    quorum_staff = models.PositiveSmallIntegerField(default=0)
    review_on = models.DateField(null=True, blank=True)
    #: As its terms of reference say: whether someone's deputy counts when quorum is counted.
    deputies_count = models.BooleanField(default=False, db_default=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="network"), name="one_network"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="steering"), name="one_steering_group"),
            models.CheckConstraint(
                condition=Q(quorum_total__gte=F("quorum_peer") + F("quorum_staff")), name="quorum_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"body {self.pk}"
