"""PSW positions and who holds them. HR's part: nothing imports this room, and it knows no log-in account."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class Position(models.Model):
    """A funded post. It exists when empty."""

    class Family(models.TextChoices):
        PSW = "psw", "Peer support worker"
        CARER = "carer", "Carer peer worker"
        SENIOR = "senior", "Senior peer worker"
        SUPERVISOR = "supervisor", "Peer supervisor"
        LEAD = "lead", "Peer lead"
        TRAINER = "trainer", "Peer trainer"
        OTHER = "other", "Other lived-experience role"

    number = models.CharField("ESR position number", max_length=20, unique=True)
    title = models.CharField(max_length=120)
    family = models.CharField("role family", max_length=10, choices=Family, default=Family.PSW)
    band = models.CharField("Agenda for Change band", max_length=2, choices=[(b, b) for b in ("2", "3", "4", "5", "6", "7", "8a")])
    directorate = models.CharField(max_length=80)
    team = models.CharField(max_length=80)
    borough = models.CharField(max_length=60, blank=True)
    funded_hours = models.DecimalField("funded hours a week", max_digits=4, decimal_places=2)
    funded_until = models.DateField(null=True, blank=True)
    review_on = models.DateField("role review date", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(funded_hours__gt=0, funded_hours__lte=37.5), name="position_hours_within_full_time"),
            models.CheckConstraint(condition=Q(band__in=["2", "3", "4", "5", "6", "7", "8a"]), name="position_band_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Worker(models.Model):
    """The HR person: the least that an occupancy needs. Not a log-in account."""

    employee_number = models.CharField(max_length=20, unique=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    history = HistoricalRecords()

    class Meta:
        ordering = ["last_name", "first_name", "id"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Occupancy(models.Model):
    """One worker in one position between two days."""

    class Contract(models.TextChoices):
        PERMANENT = "permanent", "Permanent"
        FIXED = "fixed", "Fixed term"
        BANK = "bank", "Bank"
        SECONDMENT = "secondment", "Secondment"
        HONORARY = "honorary", "Honorary"
        APPRENTICE = "apprentice", "Apprenticeship"

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="occupancies")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="occupancies")
    contract = models.CharField(max_length=10, choices=Contract)
    hours = models.DecimalField("hours a week", max_digits=4, decimal_places=2)
    starts_on = models.DateField("first day")
    expected_end_on = models.DateField("expected last day", null=True, blank=True)
    ended_on = models.DateField("last day", null=True, blank=True)
    peer_supervisor = models.CharField(max_length=120, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "occupancies"
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")), name="occupancy_ends_later"),
            models.CheckConstraint(condition=Q(expected_end_on=None) | Q(expected_end_on__gte=F("starts_on")), name="occupancy_expected_end_later"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=37.5), name="occupancy_hours_within_full_time"),
        ]

    def __str__(self) -> str:
        return f"{self.position.number} from {self.starts_on}"
