"""A new sponsor is proposed for a peer; it happens when both have said yes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import PublicId, both_or_neither
from governance import standing
from network.models.partnerships import Partnership
from network.models.requests import SponsorRequest
from network.workflows import HandoverState

WAITING = [HandoverState.PROPOSED, HandoverState.ACCEPTED]


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Any) -> HandoverQuerySet:
        """Whoever proposed it, the new sponsor, the peer once the new sponsor has said yes, and the secretary.

        A secretary who is or was that peer's sponsor does not see what others keep private from them.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = Q(proposed_by=user) | Q(new_sponsor=user) | Q(peer=user, accepted_at__isnull=False)
        if not standing.of(user).is_steering_secretary:
            return self.filter(mine)
        sponsored = Partnership.objects.filter(sponsor=user).values("peer")
        return self.filter(mine | ~(Q(is_private=True) & (Q(peer__in=sponsored) | Q(peer=user))))

    def waiting(self) -> HandoverQuerySet:
        return self.filter(state__in=WAITING)


class Handover(PublicId):
    """A new sponsor for `peer`, in place of `old` (None for a peer who has none).

    What the present sponsor proposed is theirs to follow; anything else is private: they learn of it when it is done.
    One of each kind may wait at once, so that neither tells of the other. `accepted_at` is the new sponsor's yes;
    `new` is what the peer's yes made.
    """

    State = HandoverState

    peer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    old = models.ForeignKey(Partnership, null=True, on_delete=models.PROTECT, related_name="handovers")
    new_sponsor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(SponsorRequest, null=True, on_delete=models.PROTECT, related_name="handovers")
    is_private = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    new = models.OneToOneField(Partnership, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["old"],
                condition=Q(state__in=["proposed", "accepted"], is_private=False),
                name="one_open_handover",
            ),
            models.UniqueConstraint(
                fields=["peer"],
                condition=Q(state__in=["proposed", "accepted"], is_private=True),
                name="one_private_handover",
            ),
            models.CheckConstraint(condition=~Q(peer=F("new_sponsor")), name="handover_not_to_the_peer"),
            models.CheckConstraint(
                condition=Q(is_private=True) | Q(old__isnull=False, request=None), name="open_handover_is_of_a_sponsor"
            ),
            models.CheckConstraint(
                condition=Q(state="done", new__isnull=False, accepted_at__isnull=False)
                | (~Q(state="done") & Q(new=None)),
                name="done_handover_has_a_partnership",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "accepted"], ended_at=None)
                | (~Q(state__in=["proposed", "accepted"]) & Q(ended_at__isnull=False)),
                name="waiting_handover_has_no_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "declined"]) | Q(accepted_at=None), name="unaccepted_handover"
            ),
            both_or_neither("accepted_at", "accepted_by", name="handover_accepted_by_someone"),
            both_or_neither("ended_at", "ended_by", name="handover_ended_by_someone"),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING
