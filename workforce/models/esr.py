"""The lists that ESR codes posts by, and what an import of an ESR file found, did and can undo.

ESR is the Electronic Staff Record. Nothing of a file changes a record before somebody has accepted it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.models import both_or_neither
from workforce.esr.workflows import State
from workforce.models.recorded import Recorded


class ReferenceValue(Recorded):
    """One entry of a national list. Those that come with the software are unverified until HR has checked them."""

    class Kind(models.TextChoices):
        STAFF_GROUP = "staff_group", "Staff group"
        JOB_ROLE = "job_role", "Job role"
        OCCUPATION_CODE = "occupation_code", "Occupation code"
        AREA_OF_WORK = "area_of_work", "Area of work"

    kind = models.CharField("list", max_length=20, choices=Kind)
    code = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=120)
    checked_on = models.DateField("day it was last checked", null=True, blank=True)
    is_current = models.BooleanField("still used", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "national code"
        ordering = ["kind", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "words"],
                name="one_entry_of_these_words",
                violation_error_code="field:words",
                violation_error_message="This is already on the list",
            )
        ]

    def __str__(self) -> str:
        name = f"{self.code} {self.words}".strip()
        if not self.is_current:
            return f"{name} (no longer used)"
        return name if self.checked_on else f"{name} (unverified)"


class EsrImport(models.Model):
    """One file. `columns` says which column (by its place) holds which fact; `claimed_at` that a worker is at it."""

    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.COLUMNS)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField("rows", default=0)
    rows_done = models.PositiveIntegerField(default=0)
    says = models.CharField(max_length=300, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "file from ESR"
        verbose_name_plural = "files from ESR"
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            both_or_neither("accepted_at", "accepted_by", name="esr_accepted_by_somebody"),
            both_or_neither("undone_at", "undone_by", name="esr_undone_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"ESR import {self.pk}"


class FileRows(models.Model):
    """What was read of a file, sealed: of the chosen columns only, once they are chosen. Gone when it is over."""

    run = models.OneToOneField(EsrImport, on_delete=models.CASCADE, related_name="rows")
    sealed = models.TextField()

    class Meta:
        ordering = ["run"]

    def __str__(self) -> str:
        return f"rows of ESR import {self.run_id}"


class Difference(models.Model):
    """Something the file says that is not held so: one field of one record, or a person who starts in a post.

    `line` is the line of the file. `record` is the number of the record's row, none for a start; `seen` names the state
    of the record that was compared, so that nobody accepts over what has changed since. `made` are the rows of a start.
    One that is `struck` says nothing any more, and no page shows it: see `esr.struck`.
    """

    class Kind(models.TextChoices):
        POSITION = "position", "Post"
        WORKER = "worker", "Worker"
        OCCUPANCY = "occupancy", "Who holds the post"
        START = "start", "New"

    class State(models.TextChoices):
        OPEN = "open", "Not decided"
        ACCEPTED = "accepted", "Accepted"
        LEFT = "left", "Left as it was"
        STALE = "stale", "Not saved: the record has changed since the check"
        UNDONE = "undone", "Undone"
        KEPT = "kept", "Not undone: changed since the import"
        STRUCK = "struck", "About an entry that was struck out"

    run = models.ForeignKey(EsrImport, on_delete=models.CASCADE, related_name="differences")
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    record = models.BigIntegerField(null=True)
    number = models.CharField(max_length=20)
    assignment = models.CharField(max_length=20)
    field = models.CharField(max_length=30, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    seen = models.CharField(max_length=20, blank=True)
    made = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["run", "state", "line"], name="difference_by_state")]

    def __str__(self) -> str:
        return f"difference {self.pk}"


class Problem(models.Model):
    """Why a line of the file was left out, in plain words. Nothing else of that line is used."""

    run = models.ForeignKey(EsrImport, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField()
    assignment = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"problem {self.pk}"


class Absence(models.Model):
    """Somebody in post whom the file does not name. A mark and no more: nobody is ended or deleted for it."""

    run = models.ForeignKey(EsrImport, on_delete=models.CASCADE, related_name="absences")
    occupancy = models.ForeignKey("workforce.Occupancy", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "occupancy"], name="absent_once_from_a_file")]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class ColumnChoice(models.Model):
    """Which columns were chosen last time for these headings (a hash of them)."""

    headings = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"column choice {self.pk}"
