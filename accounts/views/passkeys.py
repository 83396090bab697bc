"""One's own passkeys: add, name, remove. They are listed with the rest of the second step."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.devices import device_named
from accounts.fresh import fresh_log_in_needed
from accounts.mfa import PASSKEY, needs_second_factor, open_before_second_factor
from accounts.passkeys import NameForm, NewPasskeyForm
from accounts.services import passkeys as services
from core.permissions import open_to_logged_in
from core.views import attempt

OWN = "Everybody may look after their own passkeys."


@open_to_logged_in(OWN)
@open_before_second_factor
@fresh_log_in_needed
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a passkey in the browser, and send it. Whoever just did has given the second factor: it asked for one."""
    named = {"name": device_named(request.META.get("HTTP_USER_AGENT", ""))}
    form = NewPasskeyForm(request.POST or None, initial=named)
    if form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        made = attempt(form, lambda: services.add_passkey(by=request.user, name=name, credential=credential))
        if made:
            return _added(request, made)
    options = auth.begin_registration(request.user, passwordless=True)
    return render(request, "accounts/passkey_add.html", {"form": form, "options": options})


@open_to_logged_in(OWN)
@fresh_log_in_needed
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Call it something else."""
    passkey = _own(request, number)
    form = NameForm(request.POST or None, initial={"name": passkey.wrap().name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if attempt(form, lambda: services.rename_passkey(by=request.user, passkey=passkey, name=name)):
            messages.success(request, "We have saved the name.")
            return redirect("mfa_index")
    return render(request, "accounts/passkey_rename.html", {"form": form, "passkey": passkey})


@open_to_logged_in(OWN)
@fresh_log_in_needed
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take it away."""
    passkey = _own(request, number)
    if request.method == "POST":
        services.remove_passkey(by=request.user, passkey=passkey)
        update_session_auth_hash(request, request.user)
        messages.success(request, "We have removed the passkey. You are logged out everywhere else.")
        return redirect("mfa_index")
    return render(request, "accounts/passkey_remove.html", {"name": passkey.wrap().name})


def _added(request: HttpRequest, made: Authenticator) -> HttpResponse:
    record_authentication(request, request.user, method="mfa", id=made.pk, type="webauthn")
    update_session_auth_hash(request, request.user)
    messages.success(request, "Your passkey is ready. You are logged out everywhere else.")
    return redirect("mfa_view_recovery_codes" if needs_second_factor(request.user) else "mfa_index")


def _own(request: HttpRequest, number: int) -> Authenticator:
    passkey = Authenticator.objects.filter(pk=min(number, 2**62), user=request.user, type=PASSKEY).first()
    if passkey is None:
        raise Http404
    return passkey
