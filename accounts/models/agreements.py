"""What people agree to about confidentiality, version by version, and who has agreed to which."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from accounts.models.people import Person
from core import clock

#: People are asked again after this long.
AGREED_FOR = dt.timedelta(days=365)


class AgreementText(models.Model):
    """One version of the agreement. Never changed: a new wording is a new version, and everybody is asked again.

    `text` is plain: an empty line between paragraphs, "# " before a heading, "- " before a line of a list.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    text = models.TextField()
    from_at = models.DateTimeField()
    from_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"agreement text {self.version}"


class AgreedQuerySet(models.QuerySet["Agreed"]):
    def standing(self) -> AgreedQuerySet:
        """Those that have not been taken back."""
        return self.filter(withdrawn_at=None)

    def current(self) -> AgreedQuerySet:
        """Those that still count: to the newest text, within the last year, and not taken back."""
        newest = AgreementText.objects.order_by("-version").values("pk")[:1]
        return self.standing().filter(text_id=models.Subquery(newest), at__gt=clock.now() - AGREED_FOR)


class Agreed(models.Model):
    """One person agreed to one version: on screen, or by phone to somebody who wrote it down."""

    class How(models.TextChoices):
        SCREEN = "screen", "On screen"
        PHONE = "phone", "By phone"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    text = models.ForeignKey(AgreementText, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=6, choices=How)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = AgreedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "agreed"
        constraints = [
            models.CheckConstraint(
                condition=Q(how="screen", by=F("person")) | (Q(how="phone") & ~Q(by=F("person"))),
                name="agreed_by_oneself_or_by_phone",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("at")), name="withdrawn_after_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"agreed {self.pk}"

    @property
    def until(self) -> dt.datetime:
        """When the person is asked again."""
        return self.at + AGREED_FOR
