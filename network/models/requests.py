"""A peer's private request for another sponsor. Nobody who has ever been their sponsor learns of it from here."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Role
from core import clock
from core.models import PublicId, both_or_neither
from core.secrets import unseal
from governance import standing
from governance.models import Body, Office
from network.models.partnerships import Partnership
from network.workflows import RequestState


class SponsorRequestQuerySet(models.QuerySet["SponsorRequest"]):
    def visible_to(self, user: Any) -> SponsorRequestQuerySet:
        """One's own, and those that are one's to answer."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(peer=user) | Q(pk__in=self.model.objects.to_answer_by(user).values("pk")))

    def to_answer_by(self, user: Any) -> SponsorRequestQuerySet:
        """Those that `user` answers: as secretary or deputy, or as governance lead those that wait and
        none of the others may answer (what is over is not opened to them when the secretary changes).

        Never one's own, and never those of a peer whose sponsor one is or was.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        sponsored = Partnership.objects.filter(sponsor=user).values("peer")
        others = self.exclude(peer=user).exclude(peer__in=sponsored)
        if standing.of(user).is_steering_secretary:
            return others
        if Role.GOVERNANCE_LEAD in user.role_names:
            left_to_them = Q(state=RequestState.ASKED) & ~Exists(secretaries_for(OuterRef("peer")))
            return others.filter(left_to_them | Q(answered_by=user))
        return self.none()

    def waiting(self) -> SponsorRequestQuerySet:
        return self.filter(state=RequestState.ASKED)


def secretaries_for(peer: Any) -> models.QuerySet[Office]:
    """Offices of the secretary and deputies who may answer a request of `peer` (a person, or an outer reference)."""
    was_sponsor = Partnership.objects.filter(
        sponsor=OuterRef("person"), peer=OuterRef(peer) if isinstance(peer, OuterRef) else peer
    )
    return (
        Office.objects.filter(
            body__kind=Body.Kind.STEERING,
            kind__in=[Office.Kind.SECRETARY, Office.Kind.DEPUTY],
            until_on=None,
            from_on__lte=clock.today(),
            person__is_active=True,
        )
        .exclude(body__state=Body.State.CLOSED)
        .exclude(person=peer)
        .exclude(Exists(was_sponsor))
    )


class SponsorRequest(PublicId):
    """A peer asks for another sponsor, or for one. `partnership` is the one to change; None for somebody without.

    What the peer wrote and what was noted of the talk are sealed. `settled` has another sponsor behind it.
    """

    State = RequestState

    peer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, null=True, on_delete=models.PROTECT, related_name="+")
    sealed_words = models.TextField(blank=True)
    sealed_nominee = models.TextField(blank=True)
    sealed_note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = SponsorRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["peer"], condition=Q(state="asked"), name="one_open_sponsor_request"),
            both_or_neither("answered_at", "answered_by", name="sponsor_request_answered_by_someone"),
        ]

    def __str__(self) -> str:
        return f"sponsor request {self.pk}"

    @property
    def words(self) -> str:
        return unseal(self.sealed_words) if self.sealed_words else ""

    @property
    def nominee(self) -> str:
        return unseal(self.sealed_nominee) if self.sealed_nominee else ""

    @property
    def note(self) -> str:
        return unseal(self.sealed_note) if self.sealed_note else ""
