"""What is left of an entry that was made in error: a sealed trace, written once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core.secrets import unseal


class StruckOut(models.Model):
    """One entry that was struck out, with everything that went with it. Never changed, never deleted.

    In the clear stand its kind, the number of its row, who and when. Why, and what stood there, are sealed: both may
    name somebody. That no row changes is held by triggers on both databases: see the migration `0004_struck_out`.
    """

    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed_reason = models.TextField()
    sealed = models.TextField()

    class Meta:
        verbose_name = "entry that was struck out"
        verbose_name_plural = "entries that were struck out"
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="struck_out_once")]

    def __str__(self) -> str:
        return f"struck out {self.pk}"

    @property
    def reason(self) -> str:
        """Why, as it was written. Raises `core.secrets.Unreadable` when no key opens it."""
        return unseal(self.sealed_reason)
