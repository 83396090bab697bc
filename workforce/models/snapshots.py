"""What left HR's records: files that were taken away, and figures that were released. Written once, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Export(models.Model):
    """One file of role records that somebody took away. Why stands in the log of looks."""

    class What(models.TextChoices):
        POSTS = "posts", "Posts, and who is in them"
        VACANCIES = "vacancies", "Vacancies"

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", "CSV"

    what = models.CharField(max_length=10, choices=What)
    file_format = models.CharField(max_length=4, choices=Format)
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"export {self.pk}"


class ReleasedFigures(models.Model):
    """The rounded figures of the last day of one quarter, as they were released.

    `figures` are as everybody may read them: see `workforce.figures.rounding`. `basis` is for HR's room alone: a short
    mark of how each role was sorted, by which the next release tells how much has changed. It holds no words.
    """

    as_of = models.DateField(unique=True)
    figures = models.JSONField()
    basis = models.JSONField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "released figures"
        ordering = ["-as_of"]

    def __str__(self) -> str:
        return f"figures of {self.as_of.isoformat()}"
