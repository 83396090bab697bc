"""A policy: a document of the Trust, written by a Task Group."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from core.models import PublicId
from documents.models import Document, Version
from governance.models import Body
from steering.workflows import PolicyState


class Policy(PublicId):
    """What a Task Group drafts, people comment on, and the Trust publishes.

    `under_review` is the frozen version that went to the Steering Group; what is recommended, ratified and published
    is that version and no other.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="policy")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="policies")
    state = models.CharField(max_length=12, choices=PolicyState, default=PolicyState.DRAFTING)
    under_review = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(under_review__isnull=False) | models.Q(state__in=["drafting", "consulting", "withdrawn"]),
                name="policy_past_comment_names_its_version",
            )
        ]

    def __str__(self) -> str:
        return f"policy {self.pk}"
