"""Two logs: what was done (entries), and who looked at what is sensitive (looks)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """One act. Written in the transaction that made it true; never changed, never deleted.

    `about_type` is "room.Model", `about_id` the primary key as text. `facts` holds ids, counts, dates and
    hashes: never a name or free text. A row has an actor or a named system act.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=80)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["about_type", "about_id", "at"], name="audit_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, system="") | (Q(actor__isnull=True) & ~Q(system="")),
                name="audit_names_an_actor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class Look(models.Model):
    """Someone read or exported something sensitive, and why. Append-only."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=80)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["about_type", "about_id", "at"], name="look_about")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
