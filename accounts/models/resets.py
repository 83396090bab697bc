"""Taking away a second factor that was lost: asked by one administrator, confirmed by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.models.people import Person, Role
from core import clock
from core.models import PublicId, both_or_neither

#: Who may ask for a lost second factor to be taken away, and confirm it.
MAY_RESET = frozenset({Role.PLATFORM_ADMIN, Role.GOVERNANCE_LEAD})


class ResetQuerySet(models.QuerySet["SecondFactorReset"]):
    def visible_to(self, person: Any) -> ResetQuerySet:
        """For those who may confirm; never one's own, whose reason was written for the other one."""
        may = person.is_authenticated and person.is_active and person.role_names & MAY_RESET
        return self.exclude(person_id=person.pk) if may else self.none()


class SecondFactorReset(PublicId):
    """One request to take away the second factor of `person`, who lost it.

    `reason` is sealed and private to those who may confirm. It waits for three days; then it can no longer be
    confirmed. Three different people: the owner, who asks, and who confirms. The database holds that.
    """

    LASTS = dt.timedelta(days=3)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="second_factor_resets")
    reason = models.TextField()
    form_key = models.UUIDField(unique=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ResetQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(confirmed_at=None, stopped_at=None), name="one_reset_waits"
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="reset_asked_by_another"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")), name="reset_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")), name="reset_takes_two_people"
            ),
            models.CheckConstraint(condition=Q(confirmed_at=None) | Q(stopped_at=None), name="reset_ends_one_way"),
            both_or_neither("confirmed_at", "confirmed_by", name="reset_confirmed_by_someone"),
            both_or_neither("stopped_at", "stopped_by", name="reset_stopped_by_someone"),
        ]

    def __str__(self) -> str:
        return f"second factor reset {self.pk}"

    @property
    def ends_at(self) -> dt.datetime:
        """Until when it can be confirmed."""
        return self.asked_at + self.LASTS

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be confirmed."""
        return self.confirmed_at is None and self.stopped_at is None and clock.now() < self.ends_at

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.confirmed_at:
            return "Done"
        if self.stopped_at:
            return "Stopped"
        return "Waiting" if self.is_waiting else "Too old"
