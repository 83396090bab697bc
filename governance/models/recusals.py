"""Someone says that a matter concerns their own care or their team, and what they will do about it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import PublicId, both_or_neither
from governance import standing
from governance.models.bodies import Body, Side


@dataclass(frozen=True)
class Matter:
    """What is under discussion: a document, or an item of an agenda that has none; and what it is called.

    A room above names its rows by this, so that what is said at a meeting holds wherever the document is decided on.
    """

    about_type: str
    about_id: str
    title: str = ""

    @classmethod
    def of(cls, row: models.Model, title: str) -> Matter:
        return cls(row._meta.label, str(row.pk), title)

    @property
    def key(self) -> tuple[str, str]:
        return self.about_type, self.about_id


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def visible_to(self, user: Any) -> RecusalQuerySet:
        """One's own, also when taken back; and for the secretary of the body, those whose reason they were told."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        stands = standing.of(user)
        keeps = [body_id for body_id in stands.run_body_ids if stands.is_secretary_of(body_id)]
        return self.filter(Q(person=user) | Q(body_id__in=keeps, is_shared=True, withdrawn_at=None))

    def standing_now(self) -> RecusalQuerySet:
        return self.filter(withdrawn_at=None)

    def on(self, body_id: Any, *matters: Matter) -> RecusalQuerySet:
        """Those of a body about any of `matters`, that stand."""
        wanted = Q(pk__in=[])
        for matter in matters:
            wanted |= Q(about_type=matter.about_type, about_id=matter.about_id)
        return self.standing_now().filter(wanted, body_id=body_id)

    def that_decide_nothing(self) -> RecusalQuerySet:
        """Those whose people take no part in the decision, whether they speak or not."""
        return self.filter(effect__in=[Recusal.Effect.OUT, Recusal.Effect.SPEAKS])


class Recusal(PublicId):
    """One person, one matter before one body. The effect is for its members; the reason is sealed.

    `side` is the one they sat for when they said so. `is_shared`: the secretary of the body may read the reason too.
    """

    class Effect(models.TextChoices):
        OUT = "out", "I take no part in this item"
        SPEAKS = "speaks", "I stay and speak, and do not decide"
        TAKES_PART = "takes_part", "I say so, and I take part"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals")
    side = models.CharField(max_length=5, choices=Side)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    effect = models.CharField(max_length=10, choices=Effect)
    reason_sealed = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at", "id"]
        indexes = [models.Index(fields=["about_type", "about_id"], name="recusal_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person", "about_type", "about_id"],
                condition=Q(withdrawn_at=None),
                name="one_recusal_for_a_matter",
            ),
            both_or_neither("withdrawn_at", "withdrawn_by", name="recusal_withdrawn_by_someone"),
            models.CheckConstraint(condition=Q(is_shared=False) | ~Q(reason_sealed=""), name="shared_reason_is_there"),
        ]

    def __str__(self) -> str:
        return f"recusal {self.pk}"
