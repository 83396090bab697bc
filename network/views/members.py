"""The secretary's pages: who is in the Network, what waits, and who is paired with whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.permissions import policy, require
from core.views import attempt
from network.forms.partnerships import PairForm, SearchForm
from network.models import Gap
from network.permissions import KEEP_NETWORK
from network.presenters import members as presenters
from network.services import partnerships as services
from network.views.loading import partnership_of, sent


@policy(KEEP_NETWORK)
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """The list, page by page; or who was looked for. A name is sent in the form, so that it stands in no address."""
    require(request.user, KEEP_NETWORK)
    form = SearchForm(sent(request))
    part = form.cleaned_data["name"] if form.is_valid() else ""
    if part:
        page = presenters.members_named(request.user, part)
    else:
        page = presenters.members_page(request.user, request.GET.get("page", "1"))
    return render(request, "network/members.html", {"form": form, "shown": page, "looked_for": part})


@policy(KEEP_NETWORK)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    require(request.user, KEEP_NETWORK)
    return render(request, "network/waiting.html", {"waiting": presenters.waiting_page(request.user)})


@policy(KEEP_NETWORK)
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    require(request.user, KEEP_NETWORK)
    form = PairForm(sent(request), initial=_peer_of_gap(request))
    if form.is_to_send and attempt(form, lambda: services.pair(by=request.user, **form.cleaned_data)):
        messages.success(request, "They are paired. Both will get a message.")
        return redirect("network:members")
    page = "network/check_pair.html" if form.is_to_check else "network/pair.html"
    return render(request, page, {"form": form})


@policy(KEEP_NETWORK)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = partnership_of(request, key)
    require(request.user, KEEP_NETWORK)
    form = forms.Form(sent(request))
    ended = form.is_valid() and attempt(
        form, lambda: services.end_partnership(by=request.user, partnership=partnership)
    )
    if ended:
        messages.success(request, "This has ended. Both will get a message.")
        return redirect("network:members")
    return render(request, "network/end.html", {"form": form, "partnership": partnership})


def _peer_of_gap(request: HttpRequest) -> dict[str, Any]:
    """The peer to start from, when the page was opened beside somebody who has no sponsor."""
    try:
        gap = Gap.objects.visible_to(request.user).open().get(pk=UUID(request.GET.get("gap", "")))
    except (ValueError, Gap.DoesNotExist):
        return {}
    return {"peer": gap.peer_id}
