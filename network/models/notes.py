"""What a sponsor notes that they did, by its day and nothing more: no words, no meeting, no place."""

from __future__ import annotations

from django.db import models

from network.models.partnerships import Partnership


class Noted(models.Model):
    """One tick of a sponsor, on one day. Its peer reads it too."""

    class What(models.TextChoices):
        OFFERED = "offered", "I offered to get ready together"
        READY = "ready", "We got ready together"
        TALKED = "talked", "We talked it over afterwards"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="notes")
    what = models.CharField(max_length=8, choices=What)
    on = models.DateField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["partnership", "what", "on"], name="noted_once_a_day")]

    def __str__(self) -> str:
        return f"note {self.pk}"
