"""How the views of this room find things: only what the person may know of. Anything else is a 404."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from core.permissions import Permission, require
from practice.models import Item, Reply, Report


def item_for(request: HttpRequest, item_id: UUID, permission: Permission) -> Item:
    """An item that the reader may know of. Raises Http404, or PermissionDenied when they may not do this."""
    known = Item.objects.visible_to(request.user).select_related("author", "sponsor", "body", "witness")
    item = get_object_or_404(known.prefetch_related("tags", "notes"), pk=item_id)
    require(request.user, permission, item)
    return item


def reply_for(request: HttpRequest, reply_id: UUID, permission: Permission) -> Reply:
    """A reply that the reader may know of; otherwise as `item_for`."""
    known = Reply.objects.visible_to(request.user).select_related("author", "item")
    reply = get_object_or_404(known, pk=reply_id)
    require(request.user, permission, reply)
    return reply


def report_to_look_at(request: HttpRequest, report_id: UUID) -> Report:
    """A report that the reader may look at as a moderator, with its words and what was done."""
    known = Report.objects.for_moderator(request.user).select_related("item__author", "reply__author", "reply__item")
    return get_object_or_404(known.prefetch_related("acts__by", "item__tags", "item__notes"), pk=report_id)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was ticked; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def first_of(*found: Any) -> Any:
    """The first that is something, for what a form begins with."""
    return next((each for each in found if each), None)
