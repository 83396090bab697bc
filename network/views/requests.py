"""A peer's private request for another sponsor: for the peer, and for whoever answers it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.services import record_look
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from network.forms.partnerships import AskForm, NewSponsorForm, OnCareTeamForm, TalkForm
from network.models import Partnership, SponsorRequest
from network.permissions import (
    ANSWER_SPONSOR_REQUEST,
    SEE_MY_SPONSOR,
    SEE_SPONSOR_REQUEST,
    SHARE,
    TAKE_BACK_SPONSOR_REQUEST,
)
from network.presenters.pairs import my_sponsor_page
from network.services import handovers, requests
from network.views.loading import partnership_of, sent, sponsor_request_of


@policy(SEE_MY_SPONSOR)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_MY_SPONSOR)
    form = AskForm(sent(request), person=request.user, initial=kept_for(request))
    if form.is_valid():
        asked = attempt(form, lambda: requests.ask_for_sponsor(by=request.user, **form.said()))
        if asked:
            return redirect("network:sponsor_request", asked.pk)
    return render(request, "network/ask.html", {"form": form})


@policy(SHARE)
@require_POST
def ask_at_once(request: HttpRequest, key: UUID) -> HttpResponse:
    """The tick beside a sponsor. The address does not say what was ticked."""
    partnership = partnership_of(request, key)
    require(request.user, SHARE, partnership)
    form = OnCareTeamForm(request.POST)
    if form.is_valid():
        asked = attempt(form, lambda: requests.say_on_care_team(by=request.user, partnership=partnership))
        if asked:
            return redirect("network:sponsor_request", asked.pk)
    return render(request, "network/my_sponsor.html", {"page": my_sponsor_page(request.user), "form": form})


@policy(SEE_SPONSOR_REQUEST)
@require_GET
def sponsor_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = sponsor_request_of(request, request_id)
    return _page(request, asked)


@policy(TAKE_BACK_SPONSOR_REQUEST)
@require_POST
def take_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = sponsor_request_of(request, request_id)
    require(request.user, TAKE_BACK_SPONSOR_REQUEST, asked)
    form = forms.Form(request.POST)
    if attempt(form, lambda: requests.take_back(by=request.user, request=asked)):
        messages.success(request, "You have taken this back. What you wrote is gone.")
        return redirect("network:my_sponsor")
    asked.refresh_from_db()
    return _page(request, asked, form)


@policy(ANSWER_SPONSOR_REQUEST)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = sponsor_request_of(request, request_id)
    require(request.user, ANSWER_SPONSOR_REQUEST, asked)
    form = NewSponsorForm(sent(request), without=[asked.peer, *_sponsors_of(asked)])
    if form.is_to_send:
        about = {"peer": asked.peer, "old": asked.partnership, "request": asked, **form.cleaned_data}
        handover = attempt(form, lambda: handovers.propose(by=request.user, **about))
        if handover:
            return redirect("network:handover", handover.pk)
    page = "network/check_new_sponsor.html" if form.is_to_check else "network/new_sponsor.html"
    shown = {"form": form, "peer": asked.peer, "old": asked.partnership, "asked": asked, "is_private": True}
    return render(request, page, shown)


@policy(ANSWER_SPONSOR_REQUEST)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def talked(request: HttpRequest, request_id: UUID) -> HttpResponse:
    asked = sponsor_request_of(request, request_id)
    require(request.user, ANSWER_SPONSOR_REQUEST, asked)
    form = TalkForm(sent(request), initial=kept_for(request))
    said = form.cleaned_data if form.is_valid() else None
    if said is not None and attempt(form, lambda: requests.note_talk(by=request.user, request=asked, **said)):
        messages.success(request, "This is kept. They will get a message.")
        return redirect("network:sponsor_request", asked.pk)
    return render(request, "network/talked.html", {"form": form, "asked": asked})


def _page(request: HttpRequest, asked: SponsorRequest, form: forms.Form | None = None) -> HttpResponse:
    """For the peer their own words; for who answers, the same, and that they read it is logged."""
    is_own = asked.peer_id == request.user.pk
    if not is_own:
        record_look(actor=request.user, what="network.read_sponsor_request", about=asked)
    handover = asked.handovers.waiting().select_related("new_sponsor").first()
    shown = {"asked": asked, "is_own": is_own, "handover": handover, "form": form}
    return render(request, "network/sponsor_request.html", shown)


def _sponsors_of(asked: SponsorRequest) -> list:
    live = Partnership.objects.live().filter(peer=asked.peer).select_related("sponsor")
    return [pair.sponsor for pair in live]
