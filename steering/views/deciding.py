"""How pages of deciding load a policy: 404 for one that may not be known of, 403 for what may not be done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.permissions import Permission, require
from steering.models import Policy


def load_policy(request: HttpRequest, policy_id: UUID, permission: Permission, *prefetched: Any) -> Policy:
    """The policy with its document, group and decisions, once the person may know of it and do this. One query.

    `prefetched` is read with it. Raises `Http404`, or else `PermissionDenied`.
    """
    policies = Policy.objects.visible_to(request.user).select_related(
        "document", "body", "under_review", "ratification", "publication__version"
    )
    policy = get_object_or_404(policies.prefetch_related(*prefetched), pk=policy_id)
    require(request.user, permission, policy)
    return policy


def load_reviewed(request: HttpRequest, policy_id: UUID, permission: Permission, *prefetched: Any) -> Policy:
    """As `load_policy`; raises `Http404` when no version of it has come to the Steering Group."""
    policy = load_policy(request, policy_id, permission, *prefetched)
    if policy.under_review is None:
        raise Http404("No version of this policy has come to the Steering Group.")
    return policy
