"""Seats that exist when empty, and the terms for which people sit in them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from governance.models.bodies import Body, Constituency, Function


class SeatQuerySet(models.QuerySet["Seat"]):
    def open_on(self, day: dt.date) -> SeatQuerySet:
        """Seats that stand at the table on `day`, taken or not."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)

    def empty_between(self, starts_on: dt.date, ends_on: dt.date) -> SeatQuerySet:
        """Seats that stand from `starts_on` up to `ends_on` and that nobody has on any day between, oldest first."""
        taken = Term.objects.filter(seat=OuterRef("pk"), starts_on__lt=ends_on, ends_on__gt=starts_on)
        stands = self.open_on(starts_on).filter(Q(closed_on=None) | Q(closed_on__gte=ends_on))
        return stands.exclude(Exists(taken)).order_by("opened_on", "pk")


class Seat(models.Model):
    """A chair at a table, empty or not."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    constituency = models.CharField(max_length=10, choices=Constituency)
    function = models.CharField(max_length=16, choices=Function, null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["constituency", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(constituency="corporate", function__isnull=False)
                | (~Q(constituency="corporate") & Q(function__isnull=True)),
                name="corporate_seat_has_function",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")), name="seat_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def words(self) -> str:
        """ "Peer", "Corporate Services: Human Resources"."""
        name = Constituency(self.constituency).label
        return f"{name}: {Function(self.function).label}" if self.function else name


class TermQuerySet(models.QuerySet["Term"]):
    def on(self, day: dt.date) -> TermQuerySet:
        """Terms that run on `day`."""
        return self.filter(starts_on__lte=day, ends_on__gt=day)


class Term(models.Model):
    """One person in one seat, from a day up to and not including another.

    No two terms overlap in a seat, nor of one person on a body, and a term's body is its seat's: constraints on
    PostgreSQL, triggers on SQLite (migration `terms_never_overlap`). A term lies in the days its seat is open, begins
    on no body that takes nobody, and renews an earlier one of the same person: triggers (`settings_and_charters`).
    A term that was ended on the day it began is empty: it overlaps nothing, and nobody sat.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField()
    renews = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["body", "ends_on"], name="term_of_body"),
            models.Index(fields=["person", "ends_on"], name="term_of_person"),
        ]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_later")]

    def __str__(self) -> str:
        return f"term {self.pk}"

    @property
    def last_day(self) -> dt.date:
        """The last day of the term, as people say it."""
        return max(self.ends_on - dt.timedelta(days=1), self.starts_on)
