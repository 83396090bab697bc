"""The Peers and Sponsors Network. Membership is a term in its body; this room holds who sponsors whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: Any) -> PartnershipQuerySet:
        """One's own partnerships: who stands by whom is for the two of them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(peer=user) | Q(sponsor=user))

    def live(self) -> PartnershipQuerySet:
        return self.filter(until_on=None)


class Partnership(models.Model):
    """A peer and their staff sponsor, from a day, until one."""

    peer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sponsorships_received")
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sponsorships_given")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(peer=F("sponsor")), name="nobody_sponsors_themselves"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="partnership_ends_later"
            ),
            models.UniqueConstraint(
                fields=["peer", "sponsor"], condition=Q(until_on=None), name="one_live_partnership_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"partnership {self.pk}"
