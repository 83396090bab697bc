"""The outbox and its ledger: a message is a row first."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

#: The lane of messages that carry a one-time secret.
CODES = "codes"


class MessageState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    HANDED_OVER = "handed_over", "Handed to the mail server"
    REFUSED = "refused", "Refused"
    SUPPRESSED = "suppressed", "Not sent: no longer needed"
    HELD = "held", "Held until a person looks"


class Message(models.Model):
    """Something to tell one person once, by one channel.

    `occasion` says which happening this is ("consultation <id> opened"); with kind, recipient and channel it is
    unique, so told once is a constraint and not a look-up. `facts` are frozen when posted and checked against the
    kind: instants, places, counts; never names or free text. Words are rendered when the message is sent.
    `secret` holds an encrypted one-time code, wiped when handed over or expired. It is not worth sending after
    `expires_at`; it is not tried again after `give_up_at`. `claim` is the sender that has it, until `leased_until`
    (by the database's own clock). `trying_since` and the two fingerprints are those of a try in progress: committed
    before the letter leaves, turned into an `Attempt` when the outcome is known, or when the lease runs out.
    `settled_at` is when the message came to an end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.EmailField(blank=True)
    channel = models.CharField(max_length=10, default="email")
    lane = models.CharField(max_length=10, default="ordinary")
    occasion = models.CharField(max_length=160)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    posted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    trying_since = models.DateTimeField(null=True)
    template_sha256 = models.CharField(max_length=64, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["posted_at", "id"]
        indexes = [
            models.Index(fields=["lane", "due_at"], condition=Q(state="waiting"), name="message_due"),
            models.Index(fields=["leased_until"], condition=Q(state="sending"), name="message_leased"),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient", "occasion", "channel"],
                condition=Q(recipient__isnull=False),
                name="told_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "address", "occasion", "channel"],
                condition=Q(recipient__isnull=True),
                name="address_told_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="") | (Q(recipient__isnull=True) & ~Q(address="")),
                name="message_goes_to_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def message_id(self) -> str:
        """The fixed Message-ID, the same at every attempt, so that copies can be told to be copies."""
        return f"<{self.pk}@{settings.MESSAGE_ID_DOMAIN}>"

    @property
    def may_go_again(self) -> bool:
        """Whether a person may put it back in the queue. What carried a secret may not: the secret is wiped."""
        return self.state in (MessageState.REFUSED, MessageState.HELD) and self.lane != CODES


class Attempt(models.Model):
    """One try at handing a message over, with the words it carried. Only ever added.

    *Unknown* is the try of a sender that died, or of a connection that was lost before the answer came: nobody can
    say whether the mail server took it. The first kind has no end.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Handed over"
        TEMPORARY = "temporary", "Will be tried again"
        PERMANENT = "permanent", "Refused"
        UNKNOWN = "unknown", "Not known"

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    code = models.PositiveSmallIntegerField(null=True)
    template_sha256 = models.CharField(max_length=64, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Channel(models.Model):
    """The circuit breaker of one way out, shared by every sender.

    `failures` counts connections that failed one after another. Until `paused_until` nobody tries; then one sender
    does, as a probe. `pause_seconds` is how long the next pause lasts.
    """

    name = models.CharField(max_length=10, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)
    pause_seconds = models.PositiveIntegerField(default=60)

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """When something that must happen again and again last happened; the ledger page shows its age."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
