"""An email address that somebody wants to change to, until they have shown that it is theirs."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from accounts.models.people import Person
from core import clock
from core.models import both_or_neither


class EmailChange(models.Model):
    """A new address, waiting for the code that was sent there. One waits at a time for each person.

    Only a keyed hash of the code is kept. `tries` counts wrong codes. A row that is done or given up has `ended_at`;
    one that is done has the address before, which an administrator can put back within `UNDO`.
    """

    LASTS = dt.timedelta(minutes=30)
    UNDO = dt.timedelta(days=30)
    MOST_TRIES = 5

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="email_changes")
    email = models.EmailField()
    code_sha256 = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    email_before = models.EmailField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_email_change_waits"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(email_before=""), name="email_change_done_is_ended"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(email_before=""), name="email_change_undone_was_done"
            ),
            both_or_neither("undone_at", "undone_by", name="email_change_undone_by_someone"),
            models.CheckConstraint(condition=Q(tries__lte=5), name="email_change_few_tries"),
        ]

    def __str__(self) -> str:
        return f"change of address {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether its code may still be given."""
        return self.ended_at is None and clock.now() < self.asked_at + self.LASTS and self.tries < self.MOST_TRIES
