"""Crisis contacts and the person to call. Editable, each with an owner and a date to check it by."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core import clock
from core.said import dial


class HelpContact(models.Model):
    """One way to get help. Shown to everyone, logged in or not, in order of `rank`.

    `kind` says where it stands: in an emergency, urgent, someone to listen, or the named person for ordinary
    questions (shown on every page). `checked_on` is when the owner last made sure that it is right.
    """

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", "Life at risk"
        URGENT = "urgent", "Urgent help, any time"
        LISTENING = "listening", "Someone to listen"
        DEAF = "deaf", "If you are deaf or cannot use the phone"
        PERSON = "person", "A person to call"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField("what it is", max_length=80)
    how = models.CharField(
        "how to reach it", max_length=120, help_text="For example: call 999, or text SHOUT to 85258."
    )
    phone = models.CharField("number to dial", max_length=30, blank=True)
    hours = models.CharField("when it answers", max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="person"), name="one_person_to_call"),
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("checked_on")), name="help_reviewed_after_checked"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dial(self) -> str:
        """The number as a phone dials it."""
        return dial(self.phone)

    @property
    def is_due(self) -> bool:
        """Whether someone should make sure, today or before, that it is still right."""
        return self.review_on <= clock.today()
