"""Pages where the Steering Group reads, says what it thinks, and decides; and where others sign off and ratify."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import clock
from core.checking import rows_of, typed_in
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import policy, require
from core.views import attempt
from steering import permissions as may
from steering.forms.deciding import ConditionsForm, EqualityForm, RatificationForm, RecommendationForm, ViewForm
from steering.models import Policy, Recommendation
from steering.presenters.next_steps import equality_sign_off_of
from steering.presenters.reviewing import ReviewPage
from steering.services import review as services
from steering.views.deciding import load_reviewed

ASK = require_http_methods(["GET", "POST"])


@policy(may.READ_REVIEW, may.LEAVE_VIEW)
@ASK
@keeps_what_was_typed
def review(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_reviewed(request, policy_id, may.READ_REVIEW, *ReviewPage.READS)
    page = ReviewPage(found, request.user)
    form = ViewForm(request.POST or None, initial=kept_for(request) or _my_view(page))
    if request.method == "POST":
        require(request.user, may.LEAVE_VIEW, found)
        if form.is_valid() and attempt(
            form, lambda: services.leave_view(by=request.user, policy=found, **form.cleaned_data)
        ):
            messages.success(request, "Your view is kept. You can change it until the group has decided.")
            return redirect("steering:review", found.pk)
    return render(request, "steering/review.html", {"page": page, "policy": found, "form": form})


def _my_view(page: ReviewPage) -> dict[str, str]:
    mine = page.mine if page.may_leave_view else None
    return {"position": mine.position, "words": mine.words} if mine else {}


@policy(may.RECORD_RECOMMENDATION)
@ASK
@keeps_what_was_typed
def recommendation(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_reviewed(request, policy_id, may.RECORD_RECOMMENDATION)
    form = RecommendationForm(request.POST or None, policy=found, initial=kept_for(request))
    if form.is_valid() and "change" not in request.POST:
        if "confirm" not in request.POST:
            if attempt(form, lambda: services.check_recommendation(_unsaved(found, request, form))):
                shown = {"policy": found, "rows": rows_of(form), "typed": typed_in(request.POST)}
                return render(request, "steering/recommendation_check.html", shown)
        elif attempt(form, lambda: services.record_recommendation(by=request.user, policy=found, **form.said())):
            messages.success(request, "The decision is recorded. The co-leads and everyone who commented are told.")
            return redirect("steering:review", found.pk)
    return render(request, "steering/recommendation.html", {"policy": found, "form": form})


def _unsaved(found: Policy, request: HttpRequest, form: RecommendationForm) -> Recommendation:
    return Recommendation(policy=found, version=found.under_review, by=request.user, at=clock.now(), **form.said())


@policy(may.RECORD_RECOMMENDATION)
@ASK
@keeps_what_was_typed
def conditions(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_reviewed(request, policy_id, may.RECORD_RECOMMENDATION)
    form = ConditionsForm(request.POST or None, initial=kept_for(request))
    if form.is_valid() and attempt(
        form, lambda: services.record_conditions_met(by=request.user, policy=found, **form.cleaned_data)
    ):
        messages.success(request, "How the conditions were met is recorded.")
        return redirect("steering:review", found.pk)
    said = services.recommendation_of(found)
    return render(request, "steering/conditions.html", {"policy": found, "form": form, "said": said})


@policy(may.SIGN_OFF_EQUALITY)
@ASK
@keeps_what_was_typed
def equality(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_reviewed(request, policy_id, may.SIGN_OFF_EQUALITY)
    form = EqualityForm(request.POST or None, initial=kept_for(request))
    if form.is_valid() and attempt(
        form, lambda: services.record_equality_sign_off(by=request.user, policy=found, **form.cleaned_data)
    ):
        messages.success(request, "What you found is recorded.")
        return redirect("steering:review", found.pk)
    shown = {"policy": found, "form": form, "found": equality_sign_off_of(found), "before": _screening(found)}
    return render(request, "steering/equality.html", shown)


def _screening(found: Policy) -> object:
    return found.equality_records.filter(stage="screening").last()


@policy(may.RECORD_RATIFICATION)
@ASK
@keeps_what_was_typed
def ratification(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    found = load_reviewed(request, policy_id, may.RECORD_RATIFICATION)
    form = RatificationForm(request.POST or None, initial=kept_for(request))
    if form.is_valid() and attempt(
        form, lambda: services.record_ratification(by=request.user, policy=found, **form.cleaned_data)
    ):
        messages.success(request, "The committee's decision is recorded. The governance lead is told.")
        return redirect("steering:review", found.pk)
    said = services.recommendation_of(found)
    return render(request, "steering/ratification.html", {"policy": found, "form": form, "said": said})
