"""What a worker has learnt for peer work: courses, and the nine domains of the national competence framework."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from workforce.models.posts import Worker
from workforce.models.recorded import Recorded


class PeerTraining(Recorded):
    """One course in peer work that a worker takes or took."""

    class Result(models.TextChoices):
        BOOKED = "booked", "Has a place"
        DOING = "doing", "Doing it now"
        FINISHED = "finished", "Finished"
        NOT_FINISHED = "not_finished", "Did not finish"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="training")
    provider = models.CharField("organisation that ran it", max_length=120)
    course = models.CharField(max_length=120)
    starts_on = models.DateField("first day")
    ended_on = models.DateField("last day", null=True, blank=True)
    result = models.CharField(max_length=12, choices=Result)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "peer training course"
        ordering = ["-starts_on", "id"]
        indexes = [models.Index(F("starts_on").desc(), "id", name="training_latest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="training_ends_later",
                violation_error_code="field:ended_on",
                violation_error_message="The last day must be the same as or after the first day",
            ),
            models.CheckConstraint(
                condition=~Q(result="finished") | Q(ended_on__isnull=False),
                name="training_finished_on_a_day",
                violation_error_code="field:ended_on",
                violation_error_message="Enter the last day of a course that is finished",
            ),
        ]

    def __str__(self) -> str:
        return f"peer training {self.pk}"


class Signed(models.TextChoices):
    """How far a worker is with one domain."""

    NOT_STARTED = "not_started", "Not started"
    WORKING = "working", "Working on it"
    SIGNED = "signed", "Signed off"


def _domain(name: str) -> models.CharField:
    return models.CharField(name, max_length=12, choices=Signed, default=Signed.NOT_STARTED)


class Competence(Recorded):
    """The nine domains of the 2020 competence framework for mental health peer support workers, for one worker.

    The names of the domains are ours, in plain words, and not yet checked against the framework's own.
    """

    DOMAINS = (
        *("values", "knowledge", "relating", "supporting", "self_management"),
        *("teams_and_rights", "self_care", "judgement", "organisation"),
    )

    worker = models.OneToOneField(
        Worker,
        on_delete=models.CASCADE,
        related_name="competence",
        error_messages={"unique": "The domains of this worker are already here"},
    )
    values = _domain("values of peer support")
    knowledge = _domain("knowledge")
    relating = _domain("relating to people")
    supporting = _domain("supporting people")
    self_management = _domain("helping people to look after themselves")
    teams_and_rights = _domain("working with teams, and rights")
    self_care = _domain("looking after oneself, and using supervision")
    judgement = _domain("judgement and reflection")
    organisation = _domain("working in an organisation")
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "competences"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"competence {self.pk}"

    @property
    def signed_off(self) -> int:
        """How many of the nine domains are signed off."""
        return sum(getattr(self, name) == Signed.SIGNED for name in self.DOMAINS)
