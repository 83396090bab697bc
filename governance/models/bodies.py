"""Bodies: tables that people sit round, and the two sides that meet there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.models import PublicId
from governance.workflows import ENDED, BodyState


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
        return self.exclude(state__in=ENDED)


class Body(PublicId):
    """A table that people sit round.

    `most_terms` and `peer_share` are empty where the usual of its kind holds: read `terms_in_a_row` and
    `wanted_peer_share`.
    """

    class Kind(models.TextChoices):
        NETWORK = "network", "Network"
        TASK_GROUP = "task_group", "Task Group"
        STEERING = "steering", "Steering Group"

    State = BodyState

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.FORMING)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here")
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quorum_total = models.PositiveSmallIntegerField(default=0)
    quorum_peer = models.PositiveSmallIntegerField(default=0)
    quorum_staff = models.PositiveSmallIntegerField(default=0)
    term_years = models.PositiveSmallIntegerField(default=2)
    most_terms = models.PositiveSmallIntegerField(null=True, blank=True)
    peer_share = models.PositiveSmallIntegerField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    #: As its terms of reference say: whether someone's deputy counts when quorum is counted.
    deputies_count = models.BooleanField(default=False, db_default=False)
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="network"), name="one_network"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="steering"), name="one_steering_group"),
            models.UniqueConstraint(Lower("name"), name="one_body_per_name"),
            models.CheckConstraint(
                condition=Q(quorum_total__gte=F("quorum_peer") + F("quorum_staff")), name="quorum_adds_up"
            ),
            models.CheckConstraint(condition=Q(term_years__gte=1, term_years__lte=10), name="term_of_some_years"),
            models.CheckConstraint(condition=Q(peer_share=None) | Q(peer_share__lte=100), name="share_of_a_hundred"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="merged_into_something",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(reports_to=F("id")), name="not_its_own_superior"),
            models.CheckConstraint(
                condition=Q(kind="task_group") | ~Q(state__in=["closed", "merged"]), name="only_task_groups_end"
            ),
        ]

    def __str__(self) -> str:
        return f"body {self.pk}"

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def takes_people(self) -> bool:
        """Whether somebody may be given a seat now."""
        return self.state in (BodyState.FORMING, BodyState.ACTIVE)

    @property
    def wanted_peer_share(self) -> int:
        """The least share of seats that peers should have, in a hundred."""
        return USUAL_PEER_SHARE[Body.Kind(self.kind)] if self.peer_share is None else self.peer_share

    @property
    def terms_in_a_row(self) -> int:
        """How many terms one person may have here one after another; 0 for as many as they like."""
        return USUAL_MOST_TERMS[Body.Kind(self.kind)] if self.most_terms is None else self.most_terms


#: Half for a group that makes things together, a third for the one that decides; the Network is who it is.
USUAL_PEER_SHARE: dict[str, int] = {Body.Kind.TASK_GROUP: 50, Body.Kind.STEERING: 33, Body.Kind.NETWORK: 0}
#: Renewable once. Nobody has to leave the Network because time has passed.
USUAL_MOST_TERMS: dict[str, int] = {Body.Kind.TASK_GROUP: 2, Body.Kind.STEERING: 2, Body.Kind.NETWORK: 0}


class BodyMove(models.Model):
    """A body was started, paused, taken up again, closed or merged: when, by whom and why. Written once."""

    class Move(models.TextChoices):
        START = "start", "Started"
        PAUSE = "pause", "Paused"
        RESUME = "resume", "Started again"
        CLOSE = "close", "Closed"
        MERGE = "merge", "Merged into another group"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="moves")
    move = models.CharField(max_length=6, choices=Move)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="move_has_a_reason")]

    def __str__(self) -> str:
        return f"move {self.pk}"
