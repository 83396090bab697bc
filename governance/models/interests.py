"""The standing register of interests, and the yearly question to those who are asked."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Role
from core import clock
from core.models import PublicId
from governance import standing
from governance.models.bodies import Body
from governance.models.seats import Term
from governance.workflows import ENDED

#: The question comes back after a year.
YEAR = dt.timedelta(days=365)
#: An interest that has ended stays in the register so long.
PAST_FOR = 2 * YEAR


def seats_that_are_asked() -> models.QuerySet[Term]:
    """Terms of today whose people are asked about interests: every staff seat, and each seat on the Steering Group.

    A peer without a seat there is never asked: using services is no interest.
    """
    running = Term.objects.on(clock.today()).exclude(body__state__in=ENDED).filter(person__is_active=True)
    return running.filter(Q(body__kind=Body.Kind.STEERING) | ~Q(seat__constituency="peer"))


def tables_read_by(stands: standing.Standing) -> frozenset[uuid.UUID]:
    """Bodies whose register someone reads: where they sit, and those they keep. Not the Network, which names nobody."""
    sits = {body_id for body_id, seat in stands.seats.items() if seat.body_kind != Body.Kind.NETWORK}
    keeps = {body_id for body_id, kind, _, _ in stands.offices if kind != Body.Kind.NETWORK}
    return frozenset(sits | {body_id for body_id in keeps if stands.is_secretary_of(body_id)})


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: Any) -> InterestQuerySet:
        """One's own; those of people at one's tables in a seat that is asked; all, for who keeps the register."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        stands = standing.of(user)
        if stands.is_steering_secretary or Role.GOVERNANCE_LEAD in user.role_names:
            return self
        beside = seats_that_are_asked().filter(body_id__in=tables_read_by(stands))
        return self.filter(Q(person=user) | Q(person_id__in=beside.values("person_id")))


class Interest(PublicId):
    """One thing that someone has declared. What it says stands in its entries, the newest of which counts."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interests")

    objects = InterestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"interest {self.pk}"


class InterestEntry(models.Model):
    """What was said of an interest at a time. Never changed: a correction is one more entry, with why.

    A trigger on both databases refuses a change (migration `interests_and_recusals`).
    """

    class Kind(models.TextChoices):
        PAID_WORK = "paid_work", "Paid work outside the Trust"
        ROLE = "role", "A role in another organisation"
        CONTRACT = "contract", "A contract with the Trust, or a wish for one"
        RELATION = "relation", "Someone close to me has one of these"
        GIFT = "gift", "A gift, a meal or a trip"
        OTHER = "other", "Something else"

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=500)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    is_mistake = models.BooleanField(default=False)
    why = models.CharField("why it was put right", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        verbose_name_plural = "interest entries"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["interest", "number"], name="interest_entry_number_once"),
            models.CheckConstraint(condition=~Q(words=""), name="interest_says_what"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="interest_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(number=1, is_mistake=False) | Q(number__gt=1), name="mistake_comes_later"
            ),
        ]

    def __str__(self) -> str:
        return f"interest entry {self.pk}"

    def is_current(self, today: dt.date) -> bool:
        """Runs today, or is yet to begin."""
        return not self.is_mistake and (self.until_on is None or self.until_on >= today)

    def is_past(self, today: dt.date) -> bool:
        """Has ended, and not so long ago that it leaves the register."""
        if self.is_mistake or self.until_on is None:
            return False
        return today - PAST_FOR < self.until_on < today


class InterestAsk(models.Model):
    """The yearly question to one person: when it was put, and what they answered."""

    class Answer(models.TextChoices):
        NOTHING = "nothing", "I have nothing to declare"
        STANDS = "stands", "What I declared is still right"
        DECLARED = "declared", "I declared something"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interest_asks")
    number = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="asked_of_interests_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="interest_answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"interest ask {self.pk}"
