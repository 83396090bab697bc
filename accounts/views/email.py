"""Changing one's own email address: the new one, then the code that was sent there."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import EmailCodeForm, NewEmailForm
from accounts.fresh import fresh_log_in_needed
from accounts.models import EmailChange
from accounts.services import email as services
from core.permissions import open_to_logged_in
from core.views import attempt

OWN = "Everybody may change their own email address."
TOO_OFTEN = "You have tried too many times. Wait 5 minutes, then try again."


@open_to_logged_in(OWN)
@fresh_log_in_needed
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Which address? The answer is the same whoever has it."""
    form = NewEmailForm(request.POST or None)
    if form.is_valid():
        if not _may_ask(request):
            form.add_error("email", TOO_OFTEN)
        elif attempt(form, lambda: services.ask_to_change_email(by=request.user, email=form.cleaned_data["email"])):
            return redirect("accounts:confirm_email")
    return render(request, "accounts/email.html", {"form": form})


@open_to_logged_in(OWN)
@fresh_log_in_needed
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The code. Wrong ones are counted, and five end it."""
    waiting = EmailChange.objects.filter(person=request.user, ended_at=None).first()
    if waiting is None:
        return redirect("accounts:email")
    form = EmailCodeForm(request.POST or None)
    if form.is_valid():
        moved = attempt(form, lambda: services.confirm_email(by=request.user, code=form.cleaned_data["code"]))
        if moved:
            update_session_auth_hash(request, moved)
            messages.success(request, "We have changed your email address. You are logged out everywhere else.")
            return redirect("accounts:details")
    return render(request, "accounts/email_confirm.html", {"form": form, "email": waiting.email})


@open_to_logged_in(OWN)
@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Keep the address one has."""
    services.give_up_email_change(by=request.user)
    messages.success(request, "You keep the email address you have.")
    return redirect("accounts:details")


def _may_ask(request: HttpRequest) -> bool:
    return ratelimit.consume(request, action="change_email", key=f"person-{request.user.pk}")
