"""Invitations: the only way in. Who may use one, until when, and what became of it; what it is for stands above."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models.people import Person
from core import clock
from core.models import PublicId, both_or_neither

#: Wrong endings that may be typed for one code before it is dead.
CODE_TRIES = 5


class Way(models.TextChoices):
    """How an invitation reaches somebody."""

    EMAIL = "email", "By email"
    SAID = "said", "I will tell them myself"
    PAPER = "paper", "On paper"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> InvitationQuerySet:
        """Neither accepted, declined nor taken back. They may have run out."""
        return self.filter(accepted_at=None, declined_at=None, revoked_at=None)


class Invitation(PublicId):
    """An invitation for one person, good for 14 days from when it was last issued.

    Only fingerprints of the token and of the code on paper are kept; both are made from the id and `round`, which
    counts how often it was issued: a new round makes the old token dead. `given_address` is one that the invited
    person typed, and its own token went there: an account is made only for an address that such a link went to.
    """

    name = models.CharField("name to greet them by", max_length=100)
    address = models.EmailField("email address", blank=True)
    way = models.CharField(max_length=5, choices=Way)
    round = models.PositiveSmallIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64, unique=True)
    code_start = models.CharField(max_length=4, unique=True, null=True)
    code_hmac = models.CharField(max_length=64, blank=True)
    tries_left = models.PositiveSmallIntegerField(default=CODE_TRIES)
    given_address = models.EmailField(blank=True)
    given_sha256 = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="invitations_made")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="invitations_accepted")
    declined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            both_or_neither("accepted_at", "accepted_by", name="invitation_accepted_by_someone"),
            both_or_neither("revoked_at", "revoked_by", name="invitation_revoked_by_someone"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, declined_at=None)
                | Q(accepted_at=None, revoked_at=None)
                | Q(declined_at=None, revoked_at=None),
                name="invitation_has_one_end",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="invitation_expires_later"),
            models.CheckConstraint(condition=~Q(way="email") | ~Q(address=""), name="email_has_an_address"),
            models.CheckConstraint(
                condition=Q(way="paper", code_start__isnull=False) | (~Q(way="paper") & Q(code_start=None)),
                name="paper_has_a_code",
            ),
            models.CheckConstraint(condition=Q(tries_left__lte=CODE_TRIES), name="code_tries_run_down"),
            models.CheckConstraint(
                condition=Q(given_address="", given_sha256=None)
                | (~Q(given_address="") & Q(given_sha256__isnull=False)),
                name="given_address_has_a_token",
            ),
            models.UniqueConstraint(
                fields=["address", "made_by"],
                condition=Q(accepted_at=None, declined_at=None, revoked_at=None) & ~Q(address=""),
                name="one_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def is_unanswered(self) -> bool:
        return self.accepted_at is None and self.declined_at is None and self.revoked_at is None

    @property
    def is_open(self) -> bool:
        """Whether somebody can still say yes."""
        return self.is_unanswered and self.expires_at > clock.now()

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]
