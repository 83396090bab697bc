"""A policy: a document of the Trust, written by a Task Group."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Role
from core import clock
from core.models import PublicId
from documents.models import Document, Version
from governance import standing
from governance.models import Body
from steering.workflows import PolicyState


class PolicyQuerySet(models.QuerySet["Policy"]):
    def visible_to(self, user: Any) -> PolicyQuerySet:
        """Policies `user` may know of: those they take part in, and every published one."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if _keeps_the_house(user):
            return self
        return self.filter(_takes_part(user, self.model) | Q(state=PolicyState.PUBLISHED))

    def taking_part(self, user: Any) -> PolicyQuerySet:
        """Policies whose drafts, comments and answers `user` may read.

        Those of the bodies they sit on; those they were asked about; for the Steering Group, those that have come to
        it; for the secretary, the governance lead and the equality lead, all. Publication opens the text to everyone,
        and the comments to nobody more.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if _keeps_the_house(user) else self.filter(_takes_part(user, self.model))

    def with_where_it_stands(self) -> PolicyQuerySet:
        """What a page needs to say where each stands, in four queries for any number."""
        return self.select_related("document", "body").prefetch_related(
            "document__versions", "consultations", "readies"
        )


def _keeps_the_house(user: Any) -> bool:
    """The Steering Group's secretary, the governance lead and the equality lead see every draft."""
    leads = {Role.GOVERNANCE_LEAD, Role.EQUALITY_LEAD}
    return standing.of(user).is_steering_secretary or bool(user.role_names & leads)


def _takes_part(user: Any, policies: type[models.Model]) -> Q:
    stands = standing.of(user)
    asked = _asked_about(policies).filter(person=user, consultation__opens_at__lte=clock.now())
    mine = Q(body_id__in=stands.body_ids) | Q(pk__in=asked.values("consultation__policy_id"))
    reads_reviews = stands.is_on_steering or stands.sits_in_on_steering
    return mine | Q(under_review__isnull=False) if reads_reviews else mine


def _asked_about(policies: type[models.Model]) -> models.QuerySet:
    """Who was asked. Their table is declared after this one, so it is reached through the relation."""
    consultation = policies._meta.get_field("consultations").related_model
    return consultation._meta.get_field("asked").related_model._base_manager.all()  # type: ignore[union-attr]


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

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(under_review__isnull=False)
                | models.Q(state__in=["drafting", "consulting", "withdrawn"]),
                name="policy_past_comment_names_its_version",
            )
        ]

    def __str__(self) -> str:
        return f"policy {self.pk}"

    @property
    def shared_versions(self) -> list[Version]:
        """The versions that are fixed and may be read by all who take part, oldest first."""
        return [version for version in self.document.versions.all() if version.frozen_at]

    @property
    def newest_shared(self) -> Version | None:
        return next(iter(self.shared_versions[::-1]), None)

    @property
    def open_version(self) -> Version | None:
        """The version being written now, if there is one."""
        return next((version for version in self.document.versions.all() if not version.frozen_at), None)

    @property
    def latest_consultation(self) -> Any:
        """The consultation that opened last, or None."""
        return next(iter(list(self.consultations.all())[::-1]), None)

    @property
    def is_unpublished(self) -> bool:
        return self.state != PolicyState.PUBLISHED
