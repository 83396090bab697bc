"""Days on which a peer had no staff sponsor: written down, so that it is never silent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.models import PublicId
from governance import standing


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, user: Any) -> GapQuerySet:
        """The secretary's, who does something about it."""
        return self if standing.of(user).is_steering_secretary else self.none()

    def open(self) -> GapQuerySet:
        return self.filter(until_on=None)


class Gap(PublicId):
    """A peer without a sponsor, from a day, until one. Whoever opens it tells the peer and the secretary."""

    peer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sponsor_gaps")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["peer"], condition=Q(until_on=None), name="one_open_gap_each"),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="gap_ends_later"),
        ]

    def __str__(self) -> str:
        return f"gap {self.pk}"

    @property
    def days(self) -> int:
        """How long it lasts by now, or lasted."""
        return ((self.until_on or clock.today()) - self.from_on).days
