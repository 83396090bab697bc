"""A second factor that was lost: two administrators take it away; its owner may stop it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import ConfirmForm, ResetForm
from accounts.fresh import fresh_log_in_needed
from accounts.models import SecondFactorReset
from accounts.permissions import RESET_SECOND_FACTOR
from accounts.presenters import reset_page
from accounts.services import resets as services
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy, require
from core.views import attempt

MOST_SHOWN = 50
TOO_OFTEN = "You have asked too many times. Wait an hour, then try again."


def for_those_who_may(view: Callable) -> Callable:
    """Ask the permission; then, of those who have it, a fresh log-in."""
    fresh = fresh_log_in_needed(view)

    @policy(RESET_SECOND_FACTOR)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, RESET_SECOND_FACTOR)
        return fresh(request, *args, **kwargs)

    return guarded


@for_those_who_may
@require_safe
def resets(request: HttpRequest) -> HttpResponse:
    """What waits, and what was done lately."""
    rows = SecondFactorReset.objects.visible_to(request.user).select_related("person", "asked_by")[:MOST_SHOWN]
    return render(request, "accounts/resets.html", {"resets": rows})


@keeps_what_was_typed
@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Whose, and why."""
    form = ResetForm(request.POST or None, initial=kept_for(request) or {})
    if form.is_valid():
        if not ratelimit.consume(request, action="reset_second_factor", key=f"person-{request.user.pk}"):
            form.add_error(None, TOO_OFTEN)
        elif made := attempt(form, lambda: services.ask_for_reset(by=request.user, **form.asked())):
            messages.success(request, "We have told them. Another person must now confirm it.")
            return redirect("accounts:reset", made.pk)
    return render(request, "accounts/reset_ask.html", {"form": form})


@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, reset_id: uuid.UUID) -> HttpResponse:
    """One request: read why, confirm it."""
    found = get_object_or_404(SecondFactorReset.objects.visible_to(request.user), pk=reset_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: services.confirm_reset(by=request.user, reset=found)):
        messages.success(request, "Done. They are logged out everywhere and can log in with a code.")
        return redirect("accounts:reset", reset_id)
    return render(request, "accounts/reset.html", {"form": form, "page": reset_page(found, request.user)})


@for_those_who_may
@require_POST
def stop(request: HttpRequest, reset_id: uuid.UUID) -> HttpResponse:
    """Stop a request."""
    found = get_object_or_404(SecondFactorReset.objects.visible_to(request.user), pk=reset_id)
    form = ConfirmForm({})
    if form.is_valid() and attempt(form, lambda: services.stop_reset(by=request.user, reset=found)):
        messages.success(request, "Stopped. They have been told.")
        return redirect("accounts:resets")
    return render(request, "accounts/reset.html", {"form": form, "page": reset_page(found, request.user)})


@open_to_logged_in("Everybody may keep their own second step.")
@require_POST
def keep_mine(request: HttpRequest) -> HttpResponse:
    """Its owner found the phone, or never asked."""
    waiting = SecondFactorReset.objects.filter(person=request.user, confirmed_at=None, stopped_at=None).first()
    form = ConfirmForm({})
    if waiting and form.is_valid() and attempt(form, lambda: services.stop_reset(by=request.user, reset=waiting)):
        messages.success(request, "Your second step stays as it is.")
    return redirect("mfa_index")
