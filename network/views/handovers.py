"""Propose another sponsor, and the yes or no of each."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.permissions import can, policy, require
from core.views import attempt
from network.forms.partnerships import NewSponsorForm
from network.models import Handover
from network.permissions import ANSWER_HANDOVER, KEEP_NETWORK, PROPOSE_HANDOVER, WITHDRAW_HANDOVER
from network.presenters.handovers import handover_page
from network.services import handovers as services
from network.views.loading import handover_of, partnership_of, sent

SAID = {
    "accept": "Thank you. We now ask the peer. You will get a message.",
    "decline": "Thank you for saying so. You do not need to do anything.",
    "agree": "Done. You have a new staff sponsor from today.",
    "refuse": "Nothing has changed. You do not need to do anything.",
}


@policy(PROPOSE_HANDOVER)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: UUID) -> HttpResponse:
    old = partnership_of(request, key)
    require(request.user, PROPOSE_HANDOVER, old)
    form = NewSponsorForm(sent(request), without=[old.sponsor, old.peer])
    if form.is_to_send:
        about = {"peer": old.peer, "old": old, **form.cleaned_data}
        handover = attempt(form, lambda: services.propose(by=request.user, **about))
        if handover:
            return redirect("network:handover", handover.pk)
    page = "network/check_new_sponsor.html" if form.is_to_check else "network/new_sponsor.html"
    back = "network:members" if can(request.user, KEEP_NETWORK) else "network:my_peers"
    return render(request, page, {"form": form, "peer": old.peer, "old": old, "back": back})


@policy(ANSWER_HANDOVER, WITHDRAW_HANDOVER)
@require_GET
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    page = handover_page(handover_of(request, handover_id), request.user)
    return render(request, "network/handover.html", {"page": page})


@policy(ANSWER_HANDOVER)
@require_POST
def answer(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    asked = handover_of(request, handover_id)
    require(request.user, ANSWER_HANDOVER, asked)
    verb = _verb(asked, request)
    form = forms.Form(request.POST)
    if verb and attempt(form, lambda: getattr(services, verb)(by=request.user, handover=asked)):
        messages.success(request, SAID[verb])
        return redirect("network:handover", asked.pk)
    return _again(request, asked, form)


@policy(WITHDRAW_HANDOVER)
@require_POST
def take_back(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    asked = handover_of(request, handover_id)
    require(request.user, WITHDRAW_HANDOVER, asked)
    form = forms.Form(request.POST)
    if attempt(form, lambda: services.withdraw(by=request.user, handover=asked)):
        messages.success(request, "This is taken back. Nothing has changed.")
        return redirect("network:handover", asked.pk)
    return _again(request, asked, form)


def _verb(asked: Handover, request: HttpRequest) -> str:
    """Which verb the button pressed stands for; "" for neither button."""
    is_peer = asked.peer_id == request.user.pk
    verbs = {"yes": "agree", "no": "refuse"} if is_peer else {"yes": "accept", "no": "decline"}
    return verbs.get(request.POST.get("answer", ""), "")


def _again(request: HttpRequest, asked: Handover, form: forms.Form) -> HttpResponse:
    """The page as it stands now, with what was wrong."""
    if form.is_valid():
        form.add_error(None, "Press yes or no.")
    asked.refresh_from_db()
    return render(request, "network/handover.html", {"page": handover_page(asked, request.user), "form": form})
