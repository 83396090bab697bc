"""Who co-leads a body, and who is its secretary."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.permissions import policy
from core.views import attempt
from governance.forms.offices import CoLeadForm, SecretaryForm
from governance.models import Body, Office
from governance.people import members_of
from governance.permissions import GIVE_OFFICES, KNOW_WHO_SITS
from governance.presenters.bodies import offices_page
from governance.presenters.words import office_words
from governance.services.telling import give_office, take_office_back
from governance.views.loading import load_body, sent


@policy(KNOW_WHO_SITS)
@require_GET
def offices(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = load_body(request, body_id, KNOW_WHO_SITS)
    return render(request, "governance/offices.html", {"page": offices_page(body, request.user)})


@policy(GIVE_OFFICES)
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, body_id: UUID, kind: str) -> HttpResponse:
    body = load_body(request, body_id, GIVE_OFFICES)
    form = _form(request, body, _kind(kind))
    if form.is_valid():
        person, side = form.chosen()
        office = {"body": body, "person": person, "kind": Office.Kind(kind), "side": side}
        if attempt(form, lambda: give_office(by=request.user, **office)):
            messages.success(request, "It is done. The person will get a message.")
            return redirect("governance:offices", body.pk)
    return render(request, "governance/appoint.html", {"form": form, "body": body, "words": office_words(body, kind)})


@policy(GIVE_OFFICES)
@require_http_methods(["GET", "POST"])
def end_office(request: HttpRequest, body_id: UUID, kind: str, side: str) -> HttpResponse:
    body = load_body(request, body_id, GIVE_OFFICES)
    office = Office.objects.filter(body=body, kind=kind, side=side, until_on=None).select_related("person").first()
    if office is None:
        raise Http404("Nobody holds this.")
    form = forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: take_office_back(by=request.user, office=office)):
        messages.success(request, "It has ended. The person will get a message.")
        return redirect("governance:offices", body.pk)
    shown = {"form": form, "body": body, "office": office, "words": office_words(body, kind)}
    return render(request, "governance/end_office.html", shown)


def _kind(kind: str) -> Office.Kind:
    if kind not in Office.Kind.values:
        raise Http404("There is no such office.")
    return Office.Kind(kind)


def _form(request: HttpRequest, body: Body, kind: Office.Kind) -> forms.Form:
    if kind == Office.Kind.CO_LEAD:
        return CoLeadForm(sent(request), sitting=members_of([body.pk]))
    return SecretaryForm(sent(request))
