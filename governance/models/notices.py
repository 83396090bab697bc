"""The term clock: what it has noticed, and what the member answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from core.models import PublicId
from governance.models.seats import Term


class Stage(models.IntegerChoices):
    """So many days before a term ends."""

    NINETY = 90, "90 days"
    THIRTY = 30, "30 days"


class TermNoticeQuerySet(models.QuerySet["TermNotice"]):
    def visible_to(self, user: Any) -> TermNoticeQuerySet:
        """The questions about one's own seats."""
        return self.filter(term__person=user) if user.is_authenticated and user.is_active else self.none()


class TermNotice(PublicId):
    """The clock has seen that a term ends soon. Once for a term and stage, whoever runs the clock and how often.

    `asked_on` is the day the member was sent the question; empty while they are on a break, and for someone who has
    answered already.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="notices")
    stage = models.PositiveSmallIntegerField(choices=Stage)
    noticed_on = models.DateField()
    asked_on = models.DateField(null=True)

    objects = TermNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["noticed_on", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["term", "stage"], name="notice_once_per_stage"),
            models.CheckConstraint(condition=models.Q(stage__in=[90, 30]), name="notice_has_a_known_stage"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class StayAnswer(models.Model):
    """What someone answered when asked if they would like to stay. They may change it until the term ends."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes, I would like to stay"
        TALK = "talk", "Talk to me first"
        NO = "no", "No, I will stop when it ends"

    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name="stay_answer")
    answer = models.CharField(max_length=4, choices=Answer)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"stay answer {self.pk}"
