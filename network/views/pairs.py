"""The peer's page about their sponsor, and the sponsor's about their peers."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.permissions import policy, require
from core.views import attempt
from network.forms.partnerships import SharingForm, TodayForm
from network.permissions import NOTE, SEE_MY_PEERS, SEE_MY_SPONSOR, SHARE
from network.presenters.pairs import form_id_of, my_peers_page, my_sponsor_page
from network.services import together
from network.views.loading import partnership_of, sent


@policy(SEE_MY_SPONSOR)
@require_GET
def my_sponsor(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_MY_SPONSOR)
    return render(request, "network/my_sponsor.html", {"page": my_sponsor_page(request.user)})


@policy(SHARE)
@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = partnership_of(request, key)
    require(request.user, SHARE, partnership)
    form = SharingForm(sent(request), initial=SharingForm.values_of(partnership))
    if form.is_valid():
        what = form.shared()
        if attempt(form, lambda: together.share(by=request.user, partnership=partnership, what=what)):
            messages.success(request, "Your choice is kept. It counts from now.")
            return redirect("network:my_sponsor")
    return render(request, "network/sharing.html", {"form": form, "partnership": partnership})


@policy(SEE_MY_PEERS)
@require_GET
def my_peers(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_MY_PEERS)
    return render(request, "network/my_peers.html", {"page": my_peers_page(request.user)})


@policy(NOTE)
@require_POST
def today(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = partnership_of(request, key)
    require(request.user, NOTE, partnership)
    form = TodayForm(request.POST, auto_id=form_id_of(partnership))
    if form.is_valid():
        what = form.done()
        attempt(form, lambda: together.note_today(by=request.user, partnership=partnership, what=what))
    return _noted(request, form)


@policy(NOTE)
@require_POST
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = partnership_of(request, key)
    require(request.user, NOTE, partnership)
    form = forms.Form(request.POST)
    attempt(form, lambda: together.record_check(by=request.user, partnership=partnership))
    return _noted(request, form)


def _noted(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """On to the page, or the page with what was wrong."""
    if form.is_valid():
        messages.success(request, "This is kept.")
        return redirect("network:my_peers")
    refused = form if isinstance(form, TodayForm) else None
    return render(request, "network/my_peers.html", {"page": my_peers_page(request.user, refused), "form": form})
