"""Logging in and out: allauth's pages, with what we want otherwise."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as allauth_views
from allauth.mfa.webauthn import views as webauthn_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import oidc
from accounts.passkeys import NOT_TAKEN
from accounts.services.log_in import send_code_to_nobody
from accounts.sessions import RAN_OUT
from core.kept import SESSION_KEY as KEPT
from core.permissions import open_to_all, open_to_logged_in


class AskForCode(allauth_views.RequestLoginCodeView):
    """Which address? Says why one has been logged out, and that what one typed is kept."""

    def form_valid(self, form: Any) -> HttpResponse:
        if form._user is None:
            send_code_to_nobody()
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.request.session
        more = {"ran_out": RAN_OUT in session, "is_kept": bool(session.get(KEPT)), "trust": _trust(self.request)}
        return super().get_context_data(**kwargs) | more


class GiveCode(allauth_views.ConfirmLoginCodeView):
    """The code. When it has run out, the way back to the page one came for is not lost."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        log_in = reverse("account_request_login_code")
        if isinstance(response, HttpResponseRedirect) and response.url == log_in:
            return redirect(with_next(log_in, wanted_page(request)))
        return response


class LogInWithPasskey(webauthn_views.LoginWebAuthnView):
    """A passkey in the place of address and code. Its own page is the log-in page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if isinstance(response, HttpResponseRedirect):
            return redirect(with_next(reverse("account_request_login_code"), wanted_page(request)))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, NOT_TAKEN)
        return redirect(with_next(reverse("account_request_login_code"), wanted_page(self.request)))


log_in_with_passkey = LogInWithPasskey.as_view()
ask_for_code = AskForCode.as_view()
give_code = GiveCode.as_view()


@open_to_logged_in("Everybody may prove once more who they are.")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_again(request: HttpRequest) -> HttpResponse:
    """Before a change to how one logs in: log out, log in, and come back."""
    where = wanted_page(request)
    if request.method == "POST":
        logout(request)
        return redirect(with_next(reverse("account_request_login_code"), where))
    return render(request, "account/log_in_again.html", {"next": where})


@open_to_all("Whoever is not logged in stays so.")
@require_POST
def log_out_and_hide(request: HttpRequest) -> HttpResponse:
    """Log out and leave behind a page that says nothing of this service."""
    logout(request)
    return redirect("accounts:hidden")


@open_to_all("A page that tells nothing.")
@require_GET
def hidden(request: HttpRequest) -> HttpResponse:
    """A neutral page: no name of the service, no menu."""
    return render(request, "accounts/hidden.html")


def _trust(request: HttpRequest) -> dict[str, str]:
    """The Trust's own log-in, as a link of the log-in page; nothing where there is none."""
    if not oidc.is_on():
        return {}
    return {"name": settings.OIDC_NAME, "href": with_next(reverse("accounts:trust_log_in"), wanted_page(request))}


def wanted_page(request: HttpRequest) -> str:
    """Where one wanted to go, if that is a page of ours."""
    where = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    return where if is_ours else ""


def with_next(address: str, where: str) -> str:
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: where})}" if where else address
