"""Say that a matter concerns one's own care or team, read what was said, take it back.

A room above has the address, because it knows the matter; it hands over here.
"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from audit.services import record_look
from core.kept import kept_for
from core.permissions import policy, require
from core.views import attempt
from governance import interest_permissions as may
from governance.forms.interests import RecusalForm
from governance.models import Body, Matter, Recusal
from governance.people import secretaries_of
from governance.presenters.recusals import recusal_page
from governance.services import recusals as services


def say_it_concerns_me(request: HttpRequest, *, body: Body, matter: Matter, back: str) -> HttpResponse:
    """The page and its form, for someone who may; `back` is the page it was opened from."""
    require(request.user, may.SAY_IT_CONCERNS_ME, body)
    before = Recusal.objects.on(body.pk, matter).filter(person=request.user).first()
    if before and request.method == "GET":
        return redirect("interests:recusal", before.pk)
    secretary = bool(secretaries_of(body))
    form = RecusalForm(request.POST or None, has_secretary=secretary, initial=kept_for(request))
    says = {"by": request.user, "body": body, "matter": matter}
    if form.is_valid() and attempt(form, lambda: services.say_it_concerns_me(**says, **form.says())):
        messages.success(request, "It is kept. You can take it back at any time.")
        return redirect(back)
    shown = {"form": form, "body": body, "matter": matter, "back": back, "has_secretary": secretary}
    return render(request, "governance/concerns_me.html", shown)


@policy(may.READ_RECUSAL)
@require_GET
def recusal(request: HttpRequest, recusal_id: UUID) -> HttpResponse:
    said = _said(request, recusal_id)
    require(request.user, may.READ_RECUSAL, said)
    page = recusal_page(said, request.user)
    if not page.is_mine:
        record_look(actor=request.user, what="governance.read_why_it_concerns_them", about=said)
    return render(request, "governance/recusal.html", {"page": page})


@policy(may.WITHDRAW_RECUSAL)
@require_POST
def take_back(request: HttpRequest, recusal_id: UUID) -> HttpResponse:
    said = _said(request, recusal_id)
    require(request.user, may.WITHDRAW_RECUSAL, said)
    form = forms.Form(request.POST)
    if form.is_valid() and attempt(form, lambda: services.take_back(by=request.user, recusal=said)):
        messages.success(request, "You have taken it back. You take part as before.")
    return redirect("interests:recusal", said.pk)


def _said(request: HttpRequest, recusal_id: UUID) -> Recusal:
    known = Recusal.objects.visible_to(request.user).select_related("body", "person")
    return get_object_or_404(known, pk=recusal_id)
