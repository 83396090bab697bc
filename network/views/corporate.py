"""Corporate Services: seats by function, who speaks for each, nominations and their answers."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import can, policy, require
from core.views import attempt
from network.forms.corporate import LeadForm, NominateForm
from network.models import FunctionLead, Nomination
from network.permissions import ANSWER_NOMINATION, NAME_LEADS, NOMINATE, SEE_CORPORATE, TAKE_BACK_NOMINATION
from network.presenters.corporate import corporate_page
from network.services import corporate as services
from network.views.loading import nomination_of, sent


@policy(SEE_CORPORATE)
@require_GET
def corporate(request: HttpRequest) -> HttpResponse:
    require(request.user, SEE_CORPORATE)
    return render(request, "network/corporate.html", {"page": corporate_page(request.user)})


@policy(NAME_LEADS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def name_lead(request: HttpRequest) -> HttpResponse:
    require(request.user, NAME_LEADS)
    form = LeadForm(sent(request), initial=kept_for(request))
    if form.is_valid() and attempt(form, lambda: services.name_lead(by=request.user, **form.said())):
        messages.success(request, "They can nominate people now.")
        return redirect("network:corporate")
    return render(request, "network/name_lead.html", {"form": form})


@policy(NAME_LEADS)
@require_POST
def end_lead(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    require(request.user, NAME_LEADS)
    lead = get_object_or_404(FunctionLead.objects.visible_to(request.user), pk=lead_id)
    services.end_lead(by=request.user, lead=lead)
    messages.success(request, "They can no longer nominate people.")
    return redirect("network:corporate")


@policy(NOMINATE)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest) -> HttpResponse:
    require(request.user, NOMINATE)
    form = NominateForm(sent(request), person=request.user, initial=kept_for(request))
    if form.is_to_send:
        nomination = attempt(form, lambda: services.nominate(by=request.user, **form.cleaned_data))
        if nomination:
            return redirect("network:nomination", nomination.pk)
    page = "network/check_nomination.html" if form.is_to_check else "network/nominate.html"
    return render(request, page, {"form": form})


@policy(ANSWER_NOMINATION, TAKE_BACK_NOMINATION)
@require_GET
def nomination(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    return _page(request, nomination_of(request, nomination_id))


@policy(ANSWER_NOMINATION)
@require_POST
def answer(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    asked = nomination_of(request, nomination_id)
    require(request.user, ANSWER_NOMINATION, asked)
    verb = {"yes": services.confirm, "no": services.decline}.get(request.POST.get("answer", ""))
    form = forms.Form(request.POST)
    if verb is None:
        form.add_error(None, "Press yes or no.")
    elif attempt(form, lambda: verb(by=request.user, nomination=asked)):
        messages.success(request, "Your answer is kept. Who nominated will get a message.")
        return redirect("network:nomination", asked.pk)
    asked.refresh_from_db()
    return _page(request, asked, form)


@policy(TAKE_BACK_NOMINATION)
@require_POST
def take_back(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    asked = nomination_of(request, nomination_id)
    require(request.user, TAKE_BACK_NOMINATION, asked)
    form = forms.Form(request.POST)
    if attempt(form, lambda: services.take_back(by=request.user, nomination=asked)):
        messages.success(request, "The nomination is taken back.")
        return redirect("network:corporate")
    asked.refresh_from_db()
    return _page(request, asked, form)


def _page(request: HttpRequest, asked: Nomination, form: forms.Form | None = None) -> HttpResponse:
    """Whether anybody here has the address is for the secretary alone."""
    may_answer = can(request.user, ANSWER_NOMINATION, asked)
    found = Person.objects.filter(email__iexact=asked.email, is_active=True).first() if may_answer else None
    may_take_back = can(request.user, TAKE_BACK_NOMINATION, asked)
    shown = {"asked": asked, "form": form, "may_answer": may_answer, "found": found, "may_take_back": may_take_back}
    return render(request, "network/nomination.html", shown)
