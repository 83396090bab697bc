"""The links that log people in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.people import Person


class LoginLink(models.Model):
    """A single-use link in an email. Only its hash is kept; opening it changes nothing, pressing its button uses it.

    `path` is where it leads. Its token is derived from the message it went in, so every attempt carries the same link.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="link_expires_later")
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
