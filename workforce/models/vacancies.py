"""An attempt to fill a position, and the six checks before somebody starts. Who is being appointed is not held here:
once the post is filled, the vacancy leads to the occupancy."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.models import both_or_neither
from workforce.models.posts import Occupancy, Position
from workforce.models.recorded import Recorded
from workforce.workflows import CheckStatus, VacancyState


def _when(**more: Any) -> models.DateTimeField:
    return models.DateTimeField(editable=False, **more)


def _who(**more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, **more
    )


def _tick_and_day(step: str) -> list[models.CheckConstraint]:
    """Support that was offered was offered on a day."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"support_{step}": False}) | Q(**{f"support_{step}_on__isnull": False}),
            name=f"vacancy_support_{step}_has_its_day",
            violation_error_code=f"field:support_{step}_on",
            violation_error_message="Enter the day it was offered",
        ),
        models.CheckConstraint(
            condition=Q(**{f"support_{step}": True}) | Q(**{f"support_{step}_on": None}),
            name=f"vacancy_support_{step}_is_ticked",
            violation_error_code=f"field:support_{step}",
            violation_error_message="Tick the box as well, or take the date out",
        ),
    ]


#: The states that each moment belongs to: set in these, and in no other.
MOMENTS = Q(filled_at__isnull=False, state="filled") | (Q(filled_at=None) & ~Q(state="filled"))
MOMENTS &= Q(withdrawn_at__isnull=False, state="withdrawn") | (Q(withdrawn_at=None) & ~Q(state="withdrawn"))
MOMENTS &= Q(offered_at__isnull=False) | Q(state__in=["open", "withdrawn"])
MOMENTS &= Q(checks_at__isnull=False) | Q(state__in=["open", "offer", "withdrawn"])


class Vacancy(Recorded):
    """One attempt to fill one position. The steps of recruiting itself stay in the recruitment system."""

    State = VacancyState
    #: Where support may have been offered.
    STEPS = ("open", "offer", "checks", "start")

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="vacancies")
    state = models.CharField(max_length=10, choices=VacancyState, default=VacancyState.OPEN, editable=False)
    reference = models.CharField("reference in the recruitment system", max_length=40, blank=True)
    advertised_on = models.DateField("first day of the advert", null=True, blank=True)
    closes_on = models.DateField("last day to apply", null=True, blank=True)
    interviews_on = models.DateField("day of the interviews", null=True, blank=True)
    starts_on = models.DateField("first day of work that was agreed", null=True, blank=True)
    opened_at, opened_by = _when(), _who()
    offered_at, offered_by = _when(null=True), _who(null=True)
    checks_at, checks_by = _when(null=True), _who(null=True)
    filled_at, filled_by = _when(null=True), _who(null=True)
    withdrawn_at, withdrawn_by = _when(null=True), _who(null=True)
    occupancy = models.OneToOneField(
        Occupancy,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="vacancy",
        verbose_name="who fills it",
        error_messages={"unique": "They fill another vacancy already"},
    )
    support_open = models.BooleanField("support offered to people who apply", default=False)
    support_open_on = models.DateField("day this was offered to people who apply", null=True, blank=True)
    support_offer = models.BooleanField("support offered with the offer", default=False)
    support_offer_on = models.DateField("day this was offered with the offer", null=True, blank=True)
    support_checks = models.BooleanField("support offered during the checks", default=False)
    support_checks_on = models.DateField("day this was offered during the checks", null=True, blank=True)
    support_start = models.BooleanField("support offered for the first day", default=False)
    support_start_on = models.DateField("day this was offered for the first day", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "vacancies"
        ordering = ["-opened_at", "id"]
        indexes = [models.Index(F("opened_at").desc(), "id", name="vacancy_latest_first")]
        constraints = [
            models.CheckConstraint(condition=MOMENTS, name="vacancy_state_has_its_moments"),
            models.CheckConstraint(
                condition=Q(occupancy=None) | Q(state="filled"),
                name="vacancy_filled_by_an_occupancy",
                violation_error_code="field:occupancy",
                violation_error_message="Say who fills it once it is filled",
            ),
            both_or_neither("offered_at", "offered_by", name="vacancy_offered_by_someone"),
            both_or_neither("checks_at", "checks_by", name="vacancy_checks_by_someone"),
            both_or_neither("filled_at", "filled_by", name="vacancy_filled_by_someone"),
            both_or_neither("withdrawn_at", "withdrawn_by", name="vacancy_withdrawn_by_someone"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(advertised_on=None) | Q(closes_on__gte=F("advertised_on")),
                name="vacancy_closes_later",
                violation_error_code="field:closes_on",
                violation_error_message="The last day to apply must not be before the first day of the advert",
            ),
            *_tick_and_day("open"),
            *_tick_and_day("offer"),
            *_tick_and_day("checks"),
            *_tick_and_day("start"),
        ]

    def __str__(self) -> str:
        return f"vacancy {self.pk}"


class CheckQuerySet(models.QuerySet["Check"]):
    def ordinary(self) -> CheckQuerySet:
        """Without those that tell of health or of a criminal record."""
        return self.exclude(kind__in=Check.SENSITIVE)


class Check(Recorded):
    """One of the six NHS employment checks for a vacancy: where it stands, since when, and who said so."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", "Identity"
        RIGHT_TO_WORK = "right", "Right to work"
        QUALIFICATIONS = "qualified", "Registration and qualifications"
        REFERENCES = "history", "Work history and references"
        WORK_HEALTH = "health", "Work health assessment"
        CRIMINAL_RECORD = "criminal", "Criminal record"

    SENSITIVE = (Kind.WORK_HEALTH, Kind.CRIMINAL_RECORD)

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField("check", max_length=10, choices=Kind, editable=False)
    status = models.CharField(max_length=12, choices=CheckStatus, default=CheckStatus.NOT_STARTED)
    on = models.DateField("date of this status", null=True, blank=True)
    checked_by = models.CharField("who checked it", max_length=120, blank=True)
    history = HistoricalRecords()

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = "employment check"
        ordering = ["vacancy_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "kind"], name="one_check_of_a_kind"),
            models.CheckConstraint(
                condition=Q(status="not_started") | Q(on__isnull=False),
                name="check_has_its_day",
                violation_error_code="field:on",
                violation_error_message="Enter the date of this status",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["not_started", "asked", "received"]) | ~Q(checked_by=""),
                name="check_decided_by_somebody",
                violation_error_code="field:checked_by",
                violation_error_message="Enter the name of the person who checked it",
            ),
        ]

    def __str__(self) -> str:
        return f"employment check {self.pk}"
