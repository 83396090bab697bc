"""What is held of health and of criminal records: a status and a day, each in a table of its own, and no more.

Only those with a permission of their own read them. There is no field for words: not what an adjustment is, not what
is in a plan, not the number of a certificate.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from workforce.models.posts import Worker
from workforce.models.recorded import Recorded

YES_NO = [(True, "Yes"), (False, "No")]
ALREADY_HERE = "This is already here for this worker. Open it from the worker's page"


def _worker(name: str) -> models.OneToOneField:
    return models.OneToOneField(
        Worker, on_delete=models.CASCADE, related_name=name, error_messages={"unique": ALREADY_HERE}
    )


class WorkHealth(Recorded):
    """Where the work health assessment of one worker stands. What was found stays with occupational health."""

    class Status(models.TextChoices):
        ASKED = "asked", "Asked for"
        CLEARED = "cleared", "Cleared"
        ADJUSTED = "adjusted", "Cleared with adjustments"

    worker = _worker("work_health")
    status = models.CharField(max_length=8, choices=Status)
    on = models.DateField("date of this status")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "work health assessment"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"work health assessment {self.pk}"


class Dbs(Recorded):
    """The level of one worker's DBS check, and whether it is cleared. Never what the certificate says."""

    class Level(models.TextChoices):
        NONE = "none", "None needed"
        BASIC = "basic", "Basic"
        STANDARD = "standard", "Standard"
        ENHANCED = "enhanced", "Enhanced"
        ADULTS = "adults", "Enhanced, with the adults' barred list"
        CHILDREN = "children", "Enhanced, with the children's barred list"
        BOTH = "both", "Enhanced, with both barred lists"

    worker = _worker("dbs")
    level = models.CharField(max_length=8, choices=Level)
    is_cleared = models.BooleanField("cleared", choices=YES_NO)
    on = models.DateField("date of clearance", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "DBS check"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_cleared=False) | Q(on__isnull=False),
                name="dbs_cleared_on_a_day",
                violation_error_code="field:on",
                violation_error_message="Enter the day it was cleared",
            ),
            models.CheckConstraint(
                condition=Q(is_cleared=True) | Q(on=None),
                name="dbs_day_only_when_cleared",
                violation_error_code="field:on",
                violation_error_message="It is not cleared yet, so take the date out",
            ),
        ]

    def __str__(self) -> str:
        return f"DBS check {self.pk}"


class Adjustments(Recorded):
    """Whether one worker has adjustments, and when they are looked at again. What they are stays with the manager."""

    worker = _worker("adjustments")
    in_place = models.BooleanField("adjustments in place", choices=YES_NO)
    review_on = models.DateField("review date", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "adjustments"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"adjustments {self.pk}"


class WellbeingPlan(Recorded):
    """Whether one worker was offered a wellbeing plan, and what they said. The plan is theirs and is not here."""

    class Status(models.TextChoices):
        OFFERED = "offered", "Offered"
        IN_PLACE = "in_place", "In place"
        DECLINED = "declined", "The worker said no"

    worker = _worker("wellbeing_plan")
    status = models.CharField(max_length=8, choices=Status)
    on = models.DateField("date of this status")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "wellbeing plan"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"wellbeing plan {self.pk}"
