"""Offices: what someone also does for a body."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.models.bodies import Body, Side


class Office(models.Model):
    """What someone in a seat also does for the body: co-lead (one of each side), secretary, deputy secretary."""

    class Kind(models.TextChoices):
        CO_LEAD = "co_lead", "Co-lead"
        SECRETARY = "secretary", "Secretary"
        DEPUTY = "deputy", "Deputy secretary"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=10, choices=Kind)
    side = models.CharField(max_length=5, choices=Side)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offices")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "side"], condition=Q(until_on=None), name="one_in_office_per_side"
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(kind="co_lead", until_on=None),
                name="nobody_co_leads_for_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="office_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"office {self.pk}"
