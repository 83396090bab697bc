"""PSW positions and who holds them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from simple_history.models import HistoricalRecords

from core import clock
from workforce.models.esr import ReferenceValue
from workforce.models.recorded import Recorded
from workforce.policies import policy_key

FULL_TIME_HOURS = "37.5"


def from_list(kind: ReferenceValue.Kind) -> Any:
    """A field that names an entry of one of the national lists."""
    return models.ForeignKey(
        ReferenceValue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": kind.value},
    )


class PositionQuerySet(models.QuerySet["Position"]):
    def with_holders(self) -> QuerySet[Position]:
        """Each position with `is_held`: whether somebody is in it today."""
        held_today = Occupancy.objects.on(clock.today()).filter(position=OuterRef("pk"))
        return self.annotate(is_held=Exists(held_today))


class Position(Recorded):
    """A funded post. It exists when empty."""

    class Family(models.TextChoices):
        PSW = "psw", "Peer support worker"
        CARER = "carer", "Carer peer worker"
        SENIOR = "senior", "Senior peer worker"
        SUPERVISOR = "supervisor", "Peer supervisor"
        LEAD = "lead", "Peer lead"
        TRAINER = "trainer", "Peer trainer"
        OTHER = "other", "Other lived-experience role"

    class Band(models.TextChoices):
        TWO = "2", "2"
        THREE = "3", "3"
        FOUR = "4", "4"
        FIVE = "5", "5"
        SIX = "6", "6"
        SEVEN = "7", "7"
        EIGHT_A = "8a", "8a"

    class LivedExperience(models.TextChoices):
        MENTAL_HEALTH = "mental_health", "Mental health"
        CARER = "carer", "Caring for somebody"
        ADDICTION = "addiction", "Drugs, alcohol or gambling"
        FORENSIC = "forensic", "Forensic services"
        PERINATAL = "perinatal", "Having a baby (perinatal)"
        OTHER = "other", "Other"

    number = models.CharField(
        "ESR position number",
        max_length=20,
        unique=True,
        error_messages={"unique": "A position with this number is already here"},
    )
    title = models.CharField(max_length=120)
    family = models.CharField("role family", max_length=10, choices=Family, default=Family.PSW)
    band = models.CharField("Agenda for Change band", max_length=2, choices=Band)
    directorate = models.CharField(max_length=80)
    team = models.CharField(max_length=80)
    base = models.CharField("place of work", max_length=80, blank=True)
    borough = models.CharField(max_length=60, blank=True)
    lived_experience = models.CharField(
        "lived experience that the role calls for", max_length=15, choices=LivedExperience, blank=True
    )
    funded_hours = models.DecimalField("funded hours a week", max_digits=4, decimal_places=2)
    staff_group = from_list(ReferenceValue.Kind.STAFF_GROUP)
    job_role = from_list(ReferenceValue.Kind.JOB_ROLE)
    occupation_code = from_list(ReferenceValue.Kind.OCCUPATION_CODE)
    area_of_work = from_list(ReferenceValue.Kind.AREA_OF_WORK)
    funded_until = models.DateField(null=True, blank=True)
    policy = policy_key()
    review_on = models.DateField("role review date", null=True, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True)
    history = HistoricalRecords()

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["team", "borough"], name="position_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(funded_hours__gt=0, funded_hours__lte=37.5),
                name="position_hours_within_full_time",
                violation_error_code="field:funded_hours",
                violation_error_message=f"Funded hours must be more than 0 and no more than {FULL_TIME_HOURS}",
            ),
            models.CheckConstraint(
                condition=Q(band__in=["2", "3", "4", "5", "6", "7", "8a"]),
                name="position_band_exists",
                violation_error_code="field:band",
                violation_error_message="Choose a band from the list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def wte(self) -> str:
        """Whole-time equivalent: funded hours as a share of 37.5."""
        return f"{float(self.funded_hours) / float(FULL_TIME_HOURS):.2f}"


class Worker(Recorded):
    """The HR person: the least that an occupancy needs. Not a log-in account."""

    employee_number = models.CharField(
        max_length=20, unique=True, error_messages={"unique": "A worker with this employee number is already here"}
    )
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    history = HistoricalRecords()

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        indexes = [models.Index(fields=["last_name", "first_name", "id"], name="worker_by_name")]

    def __str__(self) -> str:
        return f"worker {self.employee_number}"

    @property
    def full_name(self) -> str:
        """For HR's own pages; never for a log, a message or an address."""
        return f"{self.first_name} {self.last_name}"


#: How many weeks there may be between two supervisions.
FEWEST_WEEKS, MOST_WEEKS = 1, 52
WEEKS_WORDS = f"Enter a number of weeks from {FEWEST_WEEKS} to {MOST_WEEKS}"


def _weeks(name: str) -> models.SmallIntegerField:
    return models.SmallIntegerField(
        name,
        null=True,
        blank=True,
        validators=[MinValueValidator(FEWEST_WEEKS), MaxValueValidator(MOST_WEEKS)],
        error_messages={"min_value": WEEKS_WORDS, "max_value": WEEKS_WORDS},
    )


def _within_limits(kind: str) -> Q:
    weeks = f"{kind}_supervision_weeks"
    return Q(**{weeks: None}) | Q(**{f"{weeks}__gte": FEWEST_WEEKS, f"{weeks}__lte": MOST_WEEKS})


class OccupancyQuerySet(models.QuerySet["Occupancy"]):
    def on(self, day: dt.date) -> QuerySet[Occupancy]:
        """Those in being on `day`; the last day counts."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day)


class Occupancy(Recorded):
    """One worker in one position between two days, both included. Two workers may share a position.

    That the same worker is not twice in the same position on one day is held by the database: see the migration
    `0002_fuller_records`. Of supervision only dates are kept.
    """

    class Contract(models.TextChoices):
        PERMANENT = "permanent", "Permanent"
        FIXED = "fixed", "Fixed term"
        BANK = "bank", "Bank"
        SECONDMENT = "secondment", "Secondment"
        HONORARY = "honorary", "Honorary"
        APPRENTICE = "apprentice", "Apprenticeship"
        COVER = "cover", "Cover for somebody"
        VOLUNTEER = "volunteer", "Volunteer"

    class Probation(models.TextChoices):
        PASSED = "passed", "Passed"
        EXTENDED = "extended", "Made longer"
        NOT_PASSED = "not_passed", "Not passed"
        NOT_NEEDED = "not_needed", "Not needed"

    class Leaving(models.TextChoices):
        """Why somebody left, where it tells nothing of health, conduct or home."""

        END_OF_CONTRACT = "contract", "The contract came to its end"
        OTHER_POST_HERE = "moved", "Another post in this Trust"
        OTHER_EMPLOYER = "employer", "A job somewhere else"
        STUDY = "study", "Training or study"
        RETIRED = "retired", "Retired"
        OTHER = "other", "Another reason"

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="occupancies")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="occupancies")
    contract = models.CharField(max_length=10, choices=Contract)
    assignment_number = models.CharField(
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": "Somebody with this assignment number is already here"},
    )
    hours = models.DecimalField("hours a week", max_digits=4, decimal_places=2)
    starts_on = models.DateField("first day")
    expected_end_on = models.DateField("expected last day", null=True, blank=True)
    ended_on = models.DateField("last day", null=True, blank=True)
    leaving_reason = models.CharField(max_length=10, choices=Leaving, blank=True)
    covers = models.CharField("whom they stand in for", max_length=120, blank=True)
    probation_starts_on = models.DateField("first day of probation", null=True, blank=True)
    probation_ends_on = models.DateField("last day of probation", null=True, blank=True)
    probation_outcome = models.CharField(max_length=10, choices=Probation, blank=True)
    line_manager = models.CharField(max_length=120, blank=True)
    peer_supervisor = models.CharField(max_length=120, blank=True)
    line_supervision_weeks = _weeks("weeks between line supervisions")
    line_supervised_on = models.DateField("last line supervision", null=True, blank=True)
    peer_supervision_weeks = _weeks("weeks between peer supervisions")
    peer_supervised_on = models.DateField("last peer supervision", null=True, blank=True)
    group_supervision_weeks = _weeks("weeks between group supervisions")
    group_supervised_on = models.DateField("last group supervision", null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    history = HistoricalRecords()

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "occupancies"
        ordering = ["-starts_on", "id"]
        indexes = [
            models.Index(F("starts_on").desc(), "id", name="occupancy_latest_first"),
            models.Index(fields=["position", "ended_on", "starts_on"], name="occupancy_of_position_on"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="occupancy_ends_later",
                violation_error_code="field:ended_on",
                violation_error_message="The last day must be the same as or after the first day",
            ),
            models.CheckConstraint(
                condition=Q(expected_end_on=None) | Q(expected_end_on__gte=F("starts_on")),
                name="occupancy_expected_end_later",
                violation_error_code="field:expected_end_on",
                violation_error_message="The expected last day must be the same as or after the first day",
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=37.5),
                name="occupancy_hours_within_full_time",
                violation_error_code="field:hours",
                violation_error_message=f"Hours must be more than 0 and no more than {FULL_TIME_HOURS}",
            ),
            models.CheckConstraint(
                condition=Q(probation_ends_on=None) | Q(probation_ends_on__gte=F("probation_starts_on")),
                name="occupancy_probation_ends_later",
                violation_error_code="field:probation_ends_on",
                violation_error_message="Probation must end on or after the day it starts",
            ),
            models.CheckConstraint(
                condition=Q(leaving_reason="") | Q(ended_on__isnull=False),
                name="occupancy_left_for_a_reason",
                violation_error_code="field:leaving_reason",
                violation_error_message="Enter the last day as well, or choose no reason",
            ),
            models.CheckConstraint(
                condition=~Q(contract="cover") | ~Q(covers=""),
                name="occupancy_cover_is_for_somebody",
                violation_error_code="field:covers",
                violation_error_message="Enter the name of the person they stand in for",
            ),
            models.CheckConstraint(
                condition=Q(covers="") | Q(contract__in=["cover", "secondment"]),
                name="occupancy_stands_in_by_contract",
                violation_error_code="field:covers",
                violation_error_message="Only cover and secondment stand in for somebody. Change the contract, "
                "or take the name out",
            ),
            models.CheckConstraint(
                condition=_within_limits("line") & _within_limits("peer") & _within_limits("group"),
                name="occupancy_weeks_of_supervision",
                violation_error_code="field:line_supervision_weeks",
                violation_error_message=WEEKS_WORDS,
            ),
        ]

    def __str__(self) -> str:
        return f"occupancy {self.pk}"
