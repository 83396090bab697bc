"""What somebody needs to take part, and whom they let see it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from access import ports
from accounts.models import Person
from core import clock
from core.models import PublicId
from core.secrets import seal, unseal
from governance import standing
from governance.models import Body, Sits

SMALLEST, LARGEST = 14, 72
#: A passport is looked over as a whole at least this often.
REVIEWED_EVERY = dt.timedelta(days=365)


class PassportQuerySet(models.QuerySet["Passport"]):
    def visible_to(self, user: Any) -> PassportQuerySet:
        """One's own, and those whose owner lets one see them today."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        shared = Consent.objects.open_to(user).values("person")
        return self.filter(Q(person=user) | Q(person__in=shared))

    def saying_something(self) -> PassportQuerySet:
        """Those in which anything is chosen or written."""
        return self.exclude(chosen=[], sealed="")

    def due_for_review(self) -> PassportQuerySet:
        """Those whose owners have not said for a year that they are right."""
        return self.saying_something().filter(reviewed_on__lte=clock.today() - REVIEWED_EVERY)


class Passport(PublicId):
    """What one person needs. Nothing but this table holds it, and what they wrote in their own words is sealed.

    `chosen` holds keys of `access.questions`. It was last looked over as a whole on `reviewed_on`.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="passport")
    chosen = models.JSONField(default=list)
    point_size = models.PositiveSmallIntegerField(null=True)
    sealed = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    reviewed_on = models.DateField()

    objects = PassportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(point_size=None) | Q(point_size__range=(SMALLEST, LARGEST)), name="print_of_a_real_size"
            )
        ]

    def __str__(self) -> str:
        return f"passport {self.pk}"

    @property
    def says_something(self) -> bool:
        return bool(self.chosen or self.sealed)

    def words(self) -> dict[str, str]:
        """What the person wrote, by the key of the detail. Raises `core.secrets.Unreadable` when a key was lost."""
        return json.loads(unseal(self.sealed)) if self.sealed else {}

    def seal_words(self, words: dict[str, str]) -> None:
        """Set what the person wrote; empty words are left out. Does not save."""
        written = {key: text for key, text in words.items() if text}
        self.sealed = seal(json.dumps(written)) if written else ""


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self) -> ConsentQuerySet:
        """Said yes to, not taken back, and its reason still stands: the person sits on that body today, or the reader
        still stands by them. Somebody who can no longer log in shares nothing."""
        with_person = ports.stands_by(person="person", reader="reader")
        return self.unended().filter(Q(Sits("person", body="body")) | with_person)

    def unended(self) -> ConsentQuerySet:
        """Those that nobody has ended. Their reason may be gone all the same: see `live`."""
        return self.filter(ended_at=None)

    def live_with(self, body_id: UUID) -> ConsentQuerySet:
        """Live ones with one body."""
        return self.unended().filter(Sits("person", body="body"), body_id=body_id)

    def live_of(self, person: Person, companions: Iterable[Person]) -> list[Consent]:
        """The live ones of `person`, judged by where they sit and by `companions`, whom `access.ports` knows. One
        query."""
        return _still_standing(self.unended().filter(person=person), person, companions)

    def first_that_opens(self, owner: Person, *, to: Any) -> Consent | None:
        """The oldest live one of `owner` by which `to` may see their passport today. Two queries at most."""
        mine = self.unended().filter(person=owner).select_related("body", "reader")
        for_them = [each for each in mine if each.opens_to(to)]
        by_name = any(each.reader_id for each in for_them)
        return next(iter(_still_standing(for_them, owner, ports.companions_of(owner) if by_name else ())), None)

    def open_to(self, user: Any) -> ConsentQuerySet:
        """Live ones of others by which `user` may see a passport today: as co-lead or secretary of the body, as
        secretary of the Steering Group, or as the person who was chosen."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        stands = standing.of(user)
        theirs = Q(body_id__in=stands.run_body_ids) | Q(reader=user)  # `Consent.opens_to` asks the same of one row
        if stands.is_steering_secretary:
            theirs |= Q(body__isnull=False)
        return self.live().filter(theirs).exclude(person=user)


class Consent(models.Model):
    """One person lets those who run one body, or else one other person, see their passport; from when to when.

    `wording` is the version of `access.wording` that they said yes to. It ends when they take it back, when they delete
    their passport, or because they or the reader left.
    """

    class Ended(models.TextChoices):
        WITHDRAWN = "withdrawn", "Taken back"
        DELETED = "deleted", "Passport deleted"
        LEFT = "left", "No longer there"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_consents")
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    wording = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=9, choices=Ended, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, reader=None) | Q(body=None, reader__isnull=False),
                name="consent_to_a_body_or_a_person",
            ),
            models.CheckConstraint(condition=Q(reader=None) | ~Q(reader=F("person")), name="consent_not_to_oneself"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="consent_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")), name="consent_ends_later"
            ),
            models.UniqueConstraint(fields=["person", "body"], condition=Q(ended_at=None), name="one_consent_per_body"),
            models.UniqueConstraint(
                fields=["person", "reader"], condition=Q(ended_at=None), name="one_consent_per_reader"
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    def opens_to(self, user: Any) -> bool:
        """Whether `user` may see the passport by it, as long as it is live."""
        if not user.is_authenticated or not user.is_active or self.person_id == user.pk:
            return False
        stands = standing.of(user)
        if self.body_id is None:
            return self.reader_id == user.pk
        return self.body_id in stands.run_body_ids or stands.is_steering_secretary


def _still_standing(consents: Iterable[Consent], owner: Person, companions: Iterable[Person]) -> list[Consent]:
    """What `ConsentQuerySet.live` asks the database, of consents of one person of whom it is known where they sit."""
    seats, readers = standing.of(owner).seats, {each.pk for each in companions}
    return [each for each in consents if each.body_id in seats or each.reader_id in readers]
