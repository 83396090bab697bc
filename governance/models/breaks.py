"""Stepping back: the seat is kept, messages pause, and nobody is asked why."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from core import clock
from governance.models.seats import Term


class BreakQuerySet(models.QuerySet["Break"]):
    def on(self, day: dt.date) -> BreakQuerySet:
        """Breaks that `day` falls in."""
        return self.filter(Q(back_on=None) | Q(back_on__gt=day), from_on__lte=day)

    def now(self) -> BreakQuerySet:
        """Breaks that last today. The same as `on(today)`, said in the way that the unique index answers."""
        return self.filter(back_on=None)

    def to_be_made_up(self) -> BreakQuerySet:
        """Breaks that are over, and whose days have not been added to their term."""
        return self.filter(back_on__gt=F("from_on"), made_up_on=None)


class Break(models.Model):
    """Someone has stepped back from one seat, from a day up to and not including another.

    There is no column for a reason. `made_up_on` is the day the days away were added at the end of the term, if the
    person chose that. A break that began and ended on one day is empty.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="breaks")
    from_on = models.DateField()
    back_on = models.DateField(null=True, blank=True)
    made_up_on = models.DateField(null=True, blank=True)

    objects = BreakQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term"], condition=Q(back_on=None), name="one_break_at_a_time"),
            models.CheckConstraint(condition=Q(back_on=None) | Q(back_on__gte=F("from_on")), name="break_ends_later"),
            models.CheckConstraint(
                condition=Q(made_up_on=None) | Q(back_on__isnull=False, made_up_on__gte=F("back_on")),
                name="break_made_up_once_over",
            ),
        ]

    def __str__(self) -> str:
        return f"break {self.pk}"

    @property
    def days(self) -> int:
        """How many days it has lasted, or lasted."""
        return ((self.back_on or clock.today()) - self.from_on).days
