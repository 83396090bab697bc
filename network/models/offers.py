"""What an invitation offers: a place at which table, as what; and what came of it. And lists that somebody pasted."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Invitation
from core.models import PublicId, both_or_neither
from core.secrets import Unreadable, seal, unseal
from governance import standing
from governance.models import Body, Constituency, Function, Office, Term
from network.keepers import keeps_the_network


class PastedList(PublicId):
    """People a secretary wants to invite, as pasted: one a line. Nothing is sent until the list is confirmed.

    The lines name people who may never belong here, so they are sealed; they are wiped when sent, and the whole list
    is deleted after 30 days if it is not.
    """

    sealed = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    left_out = models.PositiveSmallIntegerField(default=0)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            both_or_neither("sent_at", "sent_by", name="list_sent_by_someone"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(sealed=""), name="sent_list_is_wiped"),
        ]

    def __str__(self) -> str:
        return f"pasted list {self.pk}"

    @property
    def text(self) -> str:
        """The lines, opened; "" once they are wiped, or when no key opens them."""
        return _opened(self.sealed)


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: Any) -> OfferQuerySet:
        """All, for a secretary of the Network or the Steering Group; for anybody else those they invited."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if keeps_the_network(standing.of(user)) else self.filter(invitation__made_by=user)

    def unfinished_of(self, person: Any) -> OfferQuerySet:
        """What `person` has said yes to, and has things left to do before it begins."""
        return self.filter(invitation__accepted_by=person, joined_at=None)


class Offer(PublicId):
    """What one invitation is for.

    A peer or a staff sponsor joins the Network; somebody from Corporate Services gets a seat of a group, for a
    function; the first secretary of an installation gets that office. `sealed` holds the inviter's own words, shown to
    the invited person alone. `named_at` is when the person said which name to show, `joined_at` when everything that is
    asked was done. `term` is empty after that while a seat for Corporate Services is waited for.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="offer")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    constituency = models.CharField(max_length=10, choices=Constituency, blank=True)
    function = models.CharField(max_length=16, choices=Function, null=True, blank=True)
    office = models.CharField(max_length=10, choices=Office.Kind, blank=True)
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sealed = models.TextField(blank=True)
    pasted_list = models.ForeignKey(PastedList, null=True, on_delete=models.SET_NULL, related_name="offers")
    asked_again_at = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    term = models.OneToOneField(Term, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-invitation__made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(constituency="corporate", function__isnull=False)
                | (~Q(constituency="corporate") & Q(function=None)),
                name="corporate_offer_has_function",
            ),
            models.CheckConstraint(condition=Q(sponsor=None) | Q(constituency="peer"), name="only_peers_are_sponsored"),
            models.CheckConstraint(
                condition=(Q(office="") & ~Q(constituency="")) | Q(office="secretary", constituency=""),
                name="offer_is_a_seat_or_an_office",
            ),
            models.CheckConstraint(condition=Q(term=None) | Q(joined_at__isnull=False), name="seated_after_joining"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def words(self) -> str:
        """What the inviter wrote for the invited person, opened."""
        return _opened(self.sealed)

    @property
    def waits_for_seat(self) -> bool:
        """Joined, for a seat of Corporate Services that was not empty on the day."""
        return self.joined_at is not None and self.constituency == Constituency.CORPORATE and self.term_id is None


def sealed(text: str) -> str:
    """What is stored of words; "" for none."""
    return seal(text.strip()) if text.strip() else ""


def _opened(token: str) -> str:
    try:
        return unseal(token) if token else ""
    except Unreadable:
        return ""
