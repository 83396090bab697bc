"""Pages of the register: one's own, a group's, the whole, and who has not answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.checking import rows_of, typed_in
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy, require
from core.views import attempt
from governance import interest_permissions as may
from governance.forms.interests import AnswerForm, CorrectionForm, InterestForm
from governance.models import Body, Interest
from governance.presenters import interests as presenters
from governance.services import interests as services


@open_to_logged_in("Shows what the reader has declared, and whether anybody asks them")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/interests.html", {"page": presenters.my_interests(request.user)})


@policy(may.DECLARE_INTERESTS)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    require(request.user, may.DECLARE_INTERESTS)
    form = AnswerForm(request.POST)
    if form.is_valid() and attempt(form, lambda: services.answer_question(by=request.user, **form.cleaned_data)):
        messages.success(request, "Thank you. Your answer is kept. We ask again in a year.")
        return redirect("interests:mine")
    return render(request, "governance/interests.html", {"page": presenters.my_interests(request.user), "form": form})


@policy(may.DECLARE_INTERESTS)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    require(request.user, may.DECLARE_INTERESTS)
    form = InterestForm(request.POST or None, initial=kept_for(request))
    if form.is_valid() and "change" not in request.POST:
        if "confirm" not in request.POST:
            shown = {"rows": rows_of(form), "typed": typed_in(request.POST)}
            return render(request, "governance/check_interest.html", shown)
        if attempt(form, lambda: services.declare_interest(by=request.user, **form.says())):
            messages.success(request, "It is in the register.")
            return redirect("interests:mine")
    return render(request, "governance/declare_interest.html", {"form": form})


@policy(may.CORRECT_INTEREST)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, interest_id: UUID) -> HttpResponse:
    interest = get_object_or_404(Interest.objects.visible_to(request.user), pk=interest_id)
    require(request.user, may.CORRECT_INTEREST, interest)
    line = presenters.line_of(interest)
    form = CorrectionForm(request.POST or None, initial=kept_for(request) or CorrectionForm.values_of(line.entry))
    if form.is_valid() and attempt(
        form, lambda: services.correct_interest(by=request.user, interest=interest, **form.says())
    ):
        messages.success(request, "The change is kept. What stood there before is kept too.")
        return redirect("interests:mine")
    return render(request, "governance/correct_interest.html", {"form": form, "line": line})


@policy(may.READ_BODY_REGISTER)
@require_GET
def of_body(request: HttpRequest, body_id: UUID) -> HttpResponse:
    known = Body.objects.visible_to(request.user).alive().exclude(kind=Body.Kind.NETWORK)
    body = get_object_or_404(known, pk=body_id)
    require(request.user, may.READ_BODY_REGISTER, body)
    return render(request, "governance/body_interests.html", {"page": presenters.body_register(body)})


@policy(may.READ_REGISTER)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    require(request.user, may.READ_REGISTER)
    return render(request, "governance/register.html", {"page": presenters.whole_register()})


@policy(may.SEE_WHO_HAS_ANSWERED)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    require(request.user, may.SEE_WHO_HAS_ANSWERED)
    return render(request, "governance/interests_waiting.html", {"waiting": presenters.waiting_for(request.user)})
