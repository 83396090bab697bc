"""How the views of this room find things: only what the person may know of. Anything else is a 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.errors import Refused
from core.permissions import Permission, can, require
from documents.models import Placing, Version
from steering import permissions as may
from steering.models import Policy


def policy_known_to(user: Any, policy_id: UUID) -> Policy:
    """A policy that `user` may know of, ready to say where it stands."""
    return get_object_or_404(Policy.objects.visible_to(user).with_where_it_stands(), pk=policy_id)


def policy_open_to(user: Any, policy_id: UUID) -> Policy:
    """A policy whose drafts and comments `user` may read."""
    policies = Policy.objects.taking_part(user).select_related("document")
    return get_object_or_404(policies.prefetch_related("document__versions"), pk=policy_id)


def version_for(user: Any, policy: Policy, number: str) -> Version:
    """The version of that number, or with none named the newest that is shared (the open one, before any was).

    A version still being written is there for those who may see it, and not for others.
    """
    readable = list(policy.shared_versions)
    if policy.open_version and can(user, may.SEE_OPEN_DRAFT, policy):
        readable.append(policy.open_version)
    if number:
        found = [version for version in readable if version.number == number]
    else:
        found = [version for version in readable if version.frozen_at] or readable
    if not found:
        raise Http404
    return found[-1]


def placing_in(version: Version | None, block_id: UUID) -> Placing:
    """Where a paragraph stands in a version."""
    return get_object_or_404(Placing.objects.select_related("text", "block"), version=version, block=block_id)


def press(
    request: HttpRequest, policy_id: UUID, permission: Permission, verb: Callable[..., object], done: str
) -> HttpResponse:
    """One press of a button on a policy's page: ask, do, and say on that page what came of it."""
    policy = get_object_or_404(Policy.objects.visible_to(request.user), pk=policy_id)
    require(request.user, permission, policy)
    try:
        verb(by=request.user, policy=policy)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("steering:policy", policy.pk)
