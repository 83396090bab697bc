"""The Peers and Sponsors Network. Membership is a term in its body; this room holds who sponsors whom."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from governance import standing
from governance.models import Constituency
from network.membership import in_network


class Shared(models.TextChoices):
    """What a peer may let a sponsor see. Each is off until the peer turns it on."""

    REPLIES = "replies", "Whether I said I am coming to a meeting"
    PASSPORT = "passport", "That I have an access passport"
    PHONE = "phone", "My phone number"


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def of(self, person: Any) -> PartnershipQuerySet:
        """One's own, on either side."""
        return self.filter(Q(peer=person) | Q(sponsor=person))

    def visible_to(self, user: Any) -> PartnershipQuerySet:
        """Who stands by whom is for the two of them, and for the secretary, who keeps the list."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if standing.of(user).is_steering_secretary else self.of(user)

    def unended(self) -> PartnershipQuerySet:
        """Those that nobody has ended. Their sponsor may have gone all the same: see `live`."""
        return self.filter(until_on=None)

    def live(self) -> PartnershipQuerySet:
        """Those in which both are of the Network today: a sponsor who has left it stands by nobody."""
        sit = in_network("peer", Constituency.PEER), in_network("sponsor", Constituency.SPONSOR)
        return self.unended().filter(*sit)


class Partnership(models.Model):
    """A peer and their staff sponsor, from a day, until one.

    `key` stands in addresses. What the sponsor may see is off until the peer says yes, and never goes with the peer to
    another sponsor. `checked_on` is when the two last did their yearly check.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sponsorships_received")
    sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sponsorships_given")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    shares_replies = models.BooleanField(default=False)
    shares_passport = models.BooleanField(default=False)
    shares_phone = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

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

    def shares(self, what: Shared) -> bool:
        """Whether the peer lets this sponsor see that."""
        return bool(getattr(self, f"shares_{what.value}"))

    @property
    def check_due_on(self) -> dt.date:
        """A year after the last check, or after they began."""
        return (self.checked_on or self.from_on) + dt.timedelta(days=365)

    @property
    def is_check_due(self) -> bool:
        return self.check_due_on <= clock.today()
