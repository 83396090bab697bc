"""Where one is logged in, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import LoginSession
from accounts.services.log_in import end_one_session, end_other_sessions
from accounts.sessions import devices_of
from core.permissions import open_to_logged_in

OWN = "Everybody may see and end their own sessions."


@open_to_logged_in(OWN)
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """The phones and computers on which one is logged in."""
    found = devices_of(request.user, session_key=request.session.session_key)
    return render(request, "accounts/devices.html", {"devices": found})


@open_to_logged_in(OWN)
@require_POST
def end_device(request: HttpRequest) -> HttpResponse:
    """End one. Ending the one in hand is logging out."""
    handle = request.POST.get("device", "")
    if handle == LoginSession(session_key=request.session.session_key).handle:
        logout(request)
        return redirect("account_request_login_code")
    if end_one_session(by=request.user, handle=handle):
        messages.success(request, "We have logged you out there.")
    else:
        messages.success(request, "You are no longer logged in there.")
    return redirect("accounts:devices")


@open_to_logged_in(OWN)
@require_POST
def end_other_devices(request: HttpRequest) -> HttpResponse:
    """End all but the one in hand, which gets a new key."""
    end_other_sessions(by=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, "We have logged you out everywhere else.")
    return redirect("accounts:devices")
