"""A secretary pastes a list of people, looks at it, and sends it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from network.forms.invitations import ListForm
from network.models import PastedList
from network.permissions import INVITE_ANYONE
from network.presenters.invitations import list_page
from network.services import lists as services


@policy(INVITE_ANYONE)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Paste the people; nothing is sent yet."""
    require(request.user, INVITE_ANYONE)
    form = ListForm(request.POST if request.method == "POST" else None, initial=kept_for(request))
    if form.is_valid():
        kept = attempt(form, lambda: services.keep_list(by=request.user, **form.cleaned_data))
        if kept:
            return redirect("network:list", kept.pk)
    return render(request, "network/invitations/paste.html", {"form": form})


@policy(INVITE_ANYONE)
@require_http_methods(["GET", "POST"])
def pasted(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What is right and wrong with each line, and the button that sends; once sent, what became of it."""
    require(request.user, INVITE_ANYONE)
    row = _list(list_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: services.send_list(by=request.user, pasted_list=row)):
        messages.success(request, "The invitations are on their way.")
        return redirect("network:list", row.pk)
    return render(request, "network/invitations/list.html", {"page": list_page(row), "form": form})


@policy(INVITE_ANYONE)
@require_POST
def drop(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Delete a list that was not sent."""
    require(request.user, INVITE_ANYONE)
    row = _list(list_id)
    form = forms.Form(request.POST)
    if attempt(form, lambda: services.drop_list(by=request.user, pasted_list=row) or True):
        messages.success(request, "The list is deleted. Nobody on it was invited.")
        return redirect("network:invitations")
    return render(request, "network/invitations/list.html", {"page": list_page(row), "form": form})


def _list(list_id: UUID) -> PastedList:
    return get_object_or_404(PastedList, pk=list_id)
