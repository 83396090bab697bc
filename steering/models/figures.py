"""Figures about peer support posts that HR handed to the Steering Group: numbers and a day, and nobody in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class StaffFigures(models.Model):
    """One handing over; or, with neither day nor numbers, one taking back. Rows are never changed: the last one stands.

    `numbers` are by the names of `steering.services.figures.NAMES`, rounded to 5; None where a number was left out.
    """

    as_of = models.DateField(null=True)
    numbers = models.JSONField(null=True)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "staff figures"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(as_of__isnull=True, numbers__isnull=True) | Q(as_of__isnull=False, numbers__isnull=False),
                name="staff_figures_have_their_day",
            )
        ]

    def __str__(self) -> str:
        return f"staff figures {self.pk}"
