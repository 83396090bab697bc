"""Terms of reference. In the code they are a charter: a term is the time for which somebody sits."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import PublicId, both_or_neither
from documents.models import Document, Version
from governance.models.bodies import Body
from governance.workflows import CharterState


class Charter(models.Model):
    """The terms of reference of one body: a document, whose approved versions are 1.0, 2.0 and so on."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="charter")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"charter {self.pk}"


class CharterDraft(PublicId):
    """One draft of a body's terms of reference, from its writing to the answer of the body above.

    `version` is the draft; `final` the same words under their approved number. `answered_as` is the office from which
    somebody answered: pages name that, and not the person.
    """

    State = CharterState

    class As(models.TextChoices):
        CO_LEAD = "co_lead", "a co-chair"
        SECRETARY = "secretary", "the secretary"
        DEPUTY = "deputy", "the deputy secretary"
        GOVERNANCE_LEAD = "governance_lead", "the governance lead"

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="drafts")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="+")
    final = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WRITING)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_as = models.CharField(max_length=15, choices=As, blank=True)
    answered_for = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter"], condition=Q(state__in=["writing", "proposed"]), name="one_charter_draft_at_a_time"
            ),
            both_or_neither("proposed_at", "proposed_by", name="charter_proposed_by_someone"),
            both_or_neither("answered_at", "answered_by", name="charter_answered_by_someone"),
            models.CheckConstraint(
                condition=Q(state="approved", final__isnull=False) | (~Q(state="approved") & Q(final__isnull=True)),
                name="approved_charter_is_final",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "returned"], answered_at__isnull=False)
                | Q(state__in=["writing", "proposed"], answered_at__isnull=True),
                name="answered_charter_has_answer",
            ),
            models.CheckConstraint(condition=~Q(state="returned", reason=""), name="returned_charter_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(proposed_by=F("answered_by")), name="nobody_approves_their_own"
            ),
        ]

    def __str__(self) -> str:
        return f"charter draft {self.pk}"
