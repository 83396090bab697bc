"""Bodies and who sits on them. The Network, the Task Groups and the Steering Group are all bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
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


class SeatQuerySet(models.QuerySet["Seat"]):
    def open_on(self, day: dt.date) -> SeatQuerySet:
        """Seats that stand at the table on `day`, taken or not."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


class Seat(models.Model):
    """A chair at a table, empty or not."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    constituency = models.CharField(max_length=10, choices=Constituency)
    function = models.CharField(max_length=16, choices=Function, null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["constituency", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(constituency="corporate", function__isnull=False)
                | (~Q(constituency="corporate") & Q(function__isnull=True)),
                name="corporate_seat_has_function",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")), name="seat_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class TermQuerySet(models.QuerySet["Term"]):
    def on(self, day: dt.date) -> TermQuerySet:
        """Terms that run on `day`."""
        return self.filter(starts_on__lte=day, ends_on__gt=day)


class Term(models.Model):
    """One person in one seat, from a day up to and not including another.

    No two terms overlap in a seat, nor of one person on a body, and a term's body is its seat's: constraints on
    PostgreSQL, triggers on SQLite (migration `terms_never_overlap`). A term that was ended on the day it began is
    empty: it overlaps nothing, and nobody sat.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["body", "ends_on"], name="term_of_body"),
            models.Index(fields=["person", "ends_on"], name="term_of_person"),
        ]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_later")]

    def __str__(self) -> str:
        return f"term {self.pk}"


class Office(models.Model):
    """What someone in a seat also does for the body: co-lead (one of each side), secretary, deputy secretary."""

    class Kind(models.TextChoices):
        CO_LEAD = "co_lead", "Co-lead"
        SECRETARY = "secretary", "Secretary"
        DEPUTY = "deputy", "Deputy secretary"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=10, choices=Kind)
    side = models.CharField(max_length=5, choices=Side)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offices")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "side"], condition=Q(until_on=None), name="one_in_office_per_side"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="office_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"office {self.pk}"
