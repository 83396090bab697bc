"""What HR was reminded of, so that each thing is said once. Numbers and days, and nobody's name."""

from __future__ import annotations

from django.db import models


class Digest(models.Model):
    """The one message of a day. Its row is the claim: whoever writes it first sends, and nobody else does."""

    day = models.DateField(unique=True)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class Reminded(models.Model):
    """One thing that was due on a day, and the digest that counted it. Another day is another thing."""

    class Kind(models.TextChoices):
        PROBATION = "probation", "Probation ends"
        REVIEW = "review", "Review of a person in their role"
        ROLE_REVIEW = "role", "Review of a role"
        ENDING = "ending", "Fixed term ends"
        CHECKS = "slow", "Checks slower than 4 weeks"
        UNSUPERVISED = "unsupervised", "No peer supervisor"

    kind = models.CharField(max_length=12, choices=Kind)
    about_id = models.BigIntegerField()
    due_on = models.DateField()
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="reminded")

    class Meta:
        verbose_name_plural = "reminded"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about_id", "due_on"], name="reminded_once_for_a_day"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"
