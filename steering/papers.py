"""Versions of policies are papers of meetings: what to call one, and where it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from documents.models import Version
from meetings.papers import Paper
from steering.models import Policy


def find_papers(person: Any, version_ids: Iterable[UUID]) -> dict[UUID, Paper]:
    """Those of the versions that are drafts of policies `person` takes part in, by id."""
    visible = Policy.objects.taking_part(person)
    found = Version.objects.filter(pk__in=list(version_ids), document__policy__in=visible)
    return {version.pk: _paper(version) for version in found.select_related("document__policy")}


def _paper(version: Version) -> Paper:
    policy = version.document.policy
    page = "steering:review" if policy.under_review_id == version.pk else "steering:policy"
    return Paper(title=f"{version.document.title}, draft {version.number}", path=reverse(page, args=[policy.pk]))
