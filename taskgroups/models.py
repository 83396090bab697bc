"""The Task Groups: what each is for, and who has asked to join."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicId, both_or_neither
from governance import standing
from governance.models import Body, Constituency, Function, Term
from taskgroups.workflows import RequestState


class Remit(models.Model):
    """What a Task Group does, in plain words, and what a person should know before asking to join."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="remit")
    stage_key = models.PositiveSmallIntegerField(null=True, blank=True)
    does = models.TextField("what the group does")
    time_asked = models.CharField("how much time it takes", max_length=200)
    paid = models.CharField("payment and fares", max_length=300)

    def __str__(self) -> str:
        return f"remit {self.pk}"

    @property
    def stage_words(self) -> str:
        """ "Stage 1: Role design", or that the group's work is for every stage."""
        if self.stage_key is None:
            return EVERY_STAGE
        return f"Stage {self.stage_key}: {STAGES[self.stage_key]}" if self.stage_key in STAGES else ""


#: The stages of the project that the groups began with. Groups are data: any number may share a stage.
STAGES = {1: "Role design", 2: "Piloting", 3: "Training", 4: "Career pathways"}
EVERY_STAGE = "Every stage of the project"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, user: Any) -> JoinRequestQuerySet:
        """One's own requests; those to groups one co-leads or is secretary of; all, for the Steering Group's secretary.

        The secretary stands in, so that a request never waits because a group has lost its co-leads.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        stands = standing.of(user)
        if stands.is_steering_secretary:
            return self
        return self.filter(Q(person=user) | Q(body_id__in=stands.run_body_ids))

    def waiting(self) -> JoinRequestQuerySet:
        return self.filter(state=RequestState.ASKED)


class JoinRequest(PublicId):
    """Someone asks for a seat. A co-lead says yes or no, with a reason for a no."""

    State = RequestState

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="join_requests")
    constituency = models.CharField(max_length=10, choices=Constituency)
    function = models.CharField(max_length=16, choices=Function, null=True, blank=True)
    line = models.CharField("anything you would like to say", max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    term = models.OneToOneField(Term, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["body", "person"], condition=Q(state="asked"), name="one_open_request"),
            both_or_neither("answered_at", "answered_by", name="request_answered_by_someone"),
            models.CheckConstraint(
                condition=Q(state="accepted", term__isnull=False) | (~Q(state="accepted") & Q(term__isnull=True)),
                name="accepted_request_has_term",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"
