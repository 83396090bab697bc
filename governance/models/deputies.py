"""Who sits in for whom while a seat is on a break."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models import PublicId, both_or_neither
from governance.models.bodies import Body
from governance.models.seats import Term


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def visible_to(self, user: Any) -> DeputyQuerySet:
        """What one was asked oneself. Whose seat it is reads of it on the page of that seat."""
        return self.filter(person=user) if user.is_authenticated and user.is_active else self.none()

    def live(self) -> DeputyQuerySet:
        """Asked, or said yes; nobody has ended it."""
        return self.filter(ended_at=None)

    def willing(self) -> DeputyQuerySet:
        """Those who have said yes, and still deputise."""
        return self.live().filter(accepted_at__isnull=False)

    def waiting(self) -> DeputyQuerySet:
        """Asked, and no answer yet."""
        return self.live().filter(accepted_at=None)

    def willing_on(self, day: dt.date) -> DeputyQuerySet:
        """Those who had said yes by the end of `day` and still deputised when it began."""
        starts = timezone.make_aware(dt.datetime.combine(day, dt.time.min))  # noqa: DTZ001 -- made aware here
        ends = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))  # noqa: DTZ001
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=starts), accepted_at__lt=ends)


class Deputy(PublicId):
    """Someone who was asked to sit in for one seat, and their yes.

    The person who asks gives an address. `person` stays empty when nobody with that address can hold such a seat: to
    the one who asked both look the same, because who is in the Network is nobody's to find out by asking. The address
    is wiped with the answer. Who says no ends it before a yes. A deputy's body is that of the term: held by a foreign
    key on PostgreSQL and triggers on SQLite (migration `breaks_and_deputies`).
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="deputies")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="deputies")
    address = models.EmailField("address that was asked", blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="deputises")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deputies"
        ordering = ["named_at"]
        constraints = [
            models.UniqueConstraint(fields=["term"], condition=Q(ended_at=None), name="one_deputy_per_seat"),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(ended_at=None, accepted_at__isnull=False),
                name="deputy_for_one_seat_of_a_body",
            ),
            models.CheckConstraint(condition=~Q(person=F("named_by")), name="nobody_is_their_own_deputy"),
            both_or_neither("accepted_at", "accepted_by", name="deputy_accepted_by_someone"),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | Q(person__isnull=False, accepted_by=F("person")),
                name="deputy_says_yes_themselves",
            ),
            both_or_neither("ended_at", "ended_by", name="deputy_ended_by_someone"),
        ]

    def __str__(self) -> str:
        return f"deputy {self.pk}"
