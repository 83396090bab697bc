"""The register, one item, what was shared with the Steering Group, and the house rules."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.permissions import can, open_to_logged_in, policy, require
from practice.models import Moderator
from practice.permissions import NAME_MODERATORS, READ_ITEM, READ_STEERING, SEE_REGISTER, SEE_REPORTS, SHARE
from practice.presenters.items import item_page
from practice.presenters.register import register_page, shared_by, steering_page
from practice.views.loading import item_for


@policy(SEE_REGISTER)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_REGISTER)
    found = register_page(request.user, request.GET, request.GET.get("page"))
    shown = {"register": found, "may_read_steering": can(request.user, READ_STEERING)}
    return render(request, "practice/register.html", shown)


@policy(READ_ITEM)
@require_GET
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    found = item_for(request, item_id, READ_ITEM)
    return render(request, "practice/item.html", {"page": item_page(found, request.user), "item": found})


@open_to_logged_in("Shows only what the reader wrote.")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    shown = {"items": shared_by(request.user), "may_share": can(request.user, SHARE)}
    return render(request, "practice/mine.html", shown)


@policy(READ_STEERING)
@require_GET
def steering(request: HttpRequest) -> HttpResponse:
    require(request.user, READ_STEERING)
    return render(request, "practice/steering.html", {"page": steering_page(request.GET.get("page"))})


@open_to_logged_in("The house rules name nobody, and say what happens to what is shared.")
@require_GET
def house_rules(request: HttpRequest) -> HttpResponse:
    shown = {
        "moderators": Moderator.objects.now().count(),
        "hours": settings.MODERATION_HOURS,
        "route": settings.SAFEGUARDING_ROUTE,
        "may_see_register": can(request.user, SEE_REGISTER),
        "may_see_reports": can(request.user, SEE_REPORTS),
        "may_name_moderators": can(request.user, NAME_MODERATORS),
    }
    return render(request, "practice/house_rules.html", shown)
