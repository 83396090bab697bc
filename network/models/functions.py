"""Corporate Services: who speaks for a function, and whom they nominate for a seat."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import PublicId, both_or_neither
from governance import standing
from governance.models import Function, Seat, Term
from network.workflows import NominationState


class FunctionLeadQuerySet(models.QuerySet["FunctionLead"]):
    def visible_to(self, user: Any) -> FunctionLeadQuerySet:
        """All of them for the secretary who names them; one's own for others."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if standing.of(user).is_steering_secretary else self.filter(person=user)

    def current(self) -> FunctionLeadQuerySet:
        return self.filter(until_on=None, person__is_active=True)


class FunctionLead(PublicId):
    """Who is named for a function, from a day, until one: they nominate its people. One at a time."""

    function = models.CharField(max_length=16, choices=Function)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="functions_led")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = FunctionLeadQuerySet.as_manager()

    class Meta:
        ordering = ["function", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["function"], condition=Q(until_on=None), name="one_lead_of_a_function"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="function_lead_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"function lead {self.pk}"


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: Any) -> NominationQuerySet:
        """Those of a function one speaks for, and those for a seat of a body whose secretary one is."""
        stands = standing.of(user)
        if stands is standing.NOBODY:
            return self.none()
        if stands.is_steering_secretary:
            return self
        kept = [body_id for body_id in stands.run_body_ids if stands.is_secretary_of(body_id)]
        led = FunctionLead.objects.current().filter(person=user).values("function")
        return self.filter(Q(seat__body__in=kept) | Q(seat__function__in=led))

    def waiting(self) -> NominationQuerySet:
        return self.filter(state=NominationState.NOMINATED)


class Nomination(PublicId):
    """A function's choice for one of its seats, by exact address: whoever nominates learns of nobody by asking.

    `term` is the seat's, once the secretary has confirmed it.
    """

    State = NominationState

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    email = models.EmailField()
    state = models.CharField(max_length=10, choices=State, default=State.NOMINATED)
    nominated_at = models.DateTimeField()
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    term = models.OneToOneField(Term, null=True, on_delete=models.PROTECT, related_name="nomination")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["nominated_at"]
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(state="nominated"), name="one_nomination_per_seat"),
            both_or_neither("answered_at", "answered_by", name="nomination_answered_by_someone"),
            models.CheckConstraint(
                condition=Q(state="confirmed", term__isnull=False) | (~Q(state="confirmed") & Q(term=None)),
                name="confirmed_nomination_has_term",
            ),
        ]

    def __str__(self) -> str:
        return f"nomination {self.pk}"
